package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.Optional;

/**
 * {@code {"runbook":"library"}} is enough; the rest has defaults.
 *
 * @param set a set id or {@code latest}
 * @param store where the sets are now, such as {@code filesystem:/mnt/backups}, if that is not what
 *     the runbook says
 * @param declared when the outage began
 */
public record RecoverInput(
    String runbook,
    String set,
    Optional<String> store,
    Optional<String> reason,
    Optional<Person> requester,
    Optional<Instant> declared)
    implements ProcedureInput {
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public RecoverInput {
    set = set == null ? RestoreInput.LATEST : set;
    store = store == null ? Optional.empty() : store;
    reason = reason == null ? Optional.empty() : reason;
    requester = requester == null ? Optional.empty() : requester;
    declared = declared == null ? Optional.empty() : declared;
  }

  /** All of the runbook, read from that store. */
  @Override
  public Scope scope() {
    return Scope.wholeFrom(store);
  }
}
