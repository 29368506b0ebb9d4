package dev.resurge.workflows.model;

import java.util.Map;
import java.util.Optional;

/** {@code {"runbook":"library"}} is enough; the rest has defaults. */
public record BackupInput(
    String runbook,
    SetKind kind,
    Map<String, String> labels,
    Optional<String> reason,
    Optional<Person> requester) {
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public BackupInput {
    kind = kind == null ? SetKind.MANUAL : kind;
    labels = labels == null ? Map.of() : Map.copyOf(labels);
    reason = reason == null ? Optional.empty() : reason;
    requester = requester == null ? Optional.empty() : requester;
  }
}
