package dev.resurge.workflows.model;

import java.util.Map;
import java.util.Optional;

/**
 * {@code {"runbook":"library"}} is enough; the rest has defaults.
 *
 * @param ifChanged make a set only if the configuration differs from that of the newest good set of
 *     the same kind; the data itself is not compared
 */
public record BackupInput(
    String runbook,
    SetKind kind,
    Map<String, String> labels,
    boolean ifChanged,
    Optional<String> reason,
    Optional<Person> requester)
    implements ProcedureInput {
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public BackupInput {
    kind = kind == null ? SetKind.MANUAL : kind;
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    reason = reason == null ? Optional.empty() : reason;
    requester = requester == null ? Optional.empty() : requester;
  }

  /** One that makes a set whatever has changed. */
  public BackupInput(
      String runbook,
      SetKind kind,
      Map<String, String> labels,
      Optional<String> reason,
      Optional<Person> requester) {
    this(runbook, kind, labels, false, reason, requester);
  }
}
