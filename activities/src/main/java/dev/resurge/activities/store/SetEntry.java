package dev.resurge.activities.store;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import java.util.Optional;

/**
 * A committed set in a listing. Either its summary is there or what keeps it from being read.
 *
 * @param badReason why it was marked bad, if it was and its manifest can be read
 */
public record SetEntry(
    SetId set,
    Optional<SetSummary> summary,
    Optional<String> badReason,
    Optional<Unreadable> unreadable) {

  /** Whether a restore of the latest set may take it: believed, not marked bad, no safety set. */
  public boolean canBeLatest() {
    return badReason.isEmpty() && summary.filter(set -> set.kind() != SetKind.SAFETY).isPresent();
  }

  /** Why a set cannot be used. */
  public record Unreadable(ErrorType type, String message) {}
}
