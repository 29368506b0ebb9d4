package dev.resurge.workflows.model;

import java.util.Optional;

/**
 * {@code {"runbook":"library"}} is enough; the rest has defaults.
 *
 * @param set a set id or {@code latest}
 */
public record VerifyInput(
    String runbook, String set, Optional<String> reason, Optional<Person> requester) {
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public VerifyInput {
    set = set == null ? RestoreInput.LATEST : set;
    reason = reason == null ? Optional.empty() : reason;
    requester = requester == null ? Optional.empty() : requester;
  }
}
