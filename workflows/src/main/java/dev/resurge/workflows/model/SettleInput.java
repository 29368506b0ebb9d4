package dev.resurge.workflows.model;

import java.util.Optional;

/**
 * {@code {"runbook":"library"}} is enough; the rest has defaults.
 *
 * @param run whose cut over is settled; the oldest unsettled one if none is named
 * @param direction the only one that is offered, if one is named; a person confirms it all the same
 * @param store where the journal is now, such as {@code filesystem:/mnt/backups}, if that is not
 *     what the runbook says
 */
public record SettleInput(
    String runbook,
    Optional<RunId> run,
    Optional<Direction> direction,
    Optional<String> store,
    Optional<String> reason,
    Optional<Person> requester)
    implements ProcedureInput {
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public SettleInput {
    run = run == null ? Optional.empty() : run;
    direction = direction == null ? Optional.empty() : direction;
    store = store == null ? Optional.empty() : store;
    reason = reason == null ? Optional.empty() : reason;
    requester = requester == null ? Optional.empty() : requester;
  }

  /** All of the runbook, read from that store. */
  @Override
  public Scope scope() {
    return Scope.wholeFrom(store);
  }
}
