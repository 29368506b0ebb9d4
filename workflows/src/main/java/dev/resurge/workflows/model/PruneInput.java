package dev.resurge.workflows.model;

import java.util.Optional;

/**
 * {@code {"runbook":"library"}} is enough; the rest has defaults.
 *
 * @param dryRun only say what would go
 */
public record PruneInput(
    String runbook,
    boolean dryRun,
    Optional<String> reason,
    Optional<Person> requester,
    Optional<String> schedule)
    implements ProcedureInput {
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public PruneInput {
    reason = reason == null ? Optional.empty() : reason;
    requester = requester == null ? Optional.empty() : requester;
    schedule = schedule == null ? Optional.empty() : schedule;
  }

  /** That somebody asks for. */
  public PruneInput(
      String runbook, boolean dryRun, Optional<String> reason, Optional<Person> requester) {
    this(runbook, dryRun, reason, requester, Optional.empty());
  }
}
