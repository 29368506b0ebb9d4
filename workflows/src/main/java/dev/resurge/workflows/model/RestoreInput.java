package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.Optional;

/**
 * {@code {"runbook":"library"}} is enough; the rest has defaults.
 *
 * @param set a set id or {@code latest}
 * @param declared when the outage began
 * @param scope how much is restored, and where
 * @param fromRetained go back to the data that this run's restore replaced, instead of to a set
 */
public record RestoreInput(
    String runbook,
    String set,
    Optional<String> reason,
    Optional<Person> requester,
    Optional<Instant> declared,
    Scope scope,
    Optional<RunId> fromRetained)
    implements ProcedureInput {
  /** Names the newest good set that is not a safety set. */
  public static final String LATEST = "latest";

  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public RestoreInput {
    set = set == null ? LATEST : set;
    reason = reason == null ? Optional.empty() : reason;
    requester = requester == null ? Optional.empty() : requester;
    declared = declared == null ? Optional.empty() : declared;
    scope = scope == null ? Scope.WHOLE : scope;
    fromRetained = fromRetained == null ? Optional.empty() : fromRetained;
  }
}
