package dev.resurge.workflows.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {"runbook":"library"}} is enough; the rest has defaults.
 *
 * @param only the components that are captured; empty means all
 * @param ifChanged make a set only if the configuration differs from that of the newest good set of
 *     the same kind; the data itself is not compared
 */
public record BackupInput(
    String runbook,
    SetKind kind,
    List<String> only,
    Map<String, String> labels,
    boolean ifChanged,
    Optional<String> reason,
    Optional<Person> requester,
    Optional<String> schedule)
    implements ProcedureInput {
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public BackupInput {
    schedule = schedule == null ? Optional.empty() : schedule;
    kind = kind == null ? (schedule.isPresent() ? SetKind.SCHEDULED : SetKind.MANUAL) : kind;
    only = only == null ? List.of() : List.copyOf(only);
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    reason = reason == null ? Optional.empty() : reason;
    requester = requester == null ? Optional.empty() : requester;
  }

  /** Of all components, whatever has changed. */
  public BackupInput(
      String runbook,
      SetKind kind,
      Map<String, String> labels,
      Optional<String> reason,
      Optional<Person> requester) {
    this(runbook, kind, List.of(), labels, false, reason, requester, Optional.empty());
  }

  @Override
  public Scope scope() {
    return new Scope(only, Map.of(), List.of(), List.of());
  }
}
