package dev.resurge.workflows.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {"runbook":"library"}} is enough; the rest has defaults.
 *
 * @param set a set id or {@code latest}
 * @param only the components that are tried; empty means all
 */
public record DrillInput(
    String runbook,
    String set,
    List<String> only,
    Optional<String> reason,
    Optional<Person> requester,
    Optional<String> schedule)
    implements ProcedureInput {
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public DrillInput {
    set = set == null ? RestoreInput.LATEST : set;
    only = only == null ? List.of() : List.copyOf(only);
    reason = reason == null ? Optional.empty() : reason;
    requester = requester == null ? Optional.empty() : requester;
    schedule = schedule == null ? Optional.empty() : schedule;
  }

  /** That somebody asks for. */
  public DrillInput(
      String runbook,
      String set,
      List<String> only,
      Optional<String> reason,
      Optional<Person> requester) {
    this(runbook, set, only, reason, requester, Optional.empty());
  }

  @Override
  public Scope scope() {
    return new Scope(only, Map.of(), List.of(), List.of());
  }
}
