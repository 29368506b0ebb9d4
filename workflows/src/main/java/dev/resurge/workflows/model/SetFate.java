package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a set stays, and why.
 *
 * @param group whose rules count for it: {@code schedule nightly}, {@code manual}
 * @param recoveryPoint empty if its manifest is not believed
 * @param why every reason, in words; never empty
 * @param inFavourOf of a set that goes: those that stay in its place. Should one of them turn out
 *     to be gone or bad, the set does not go
 */
public record SetFate(
    SetId set,
    boolean stays,
    String group,
    Optional<Instant> recoveryPoint,
    ByteSize stored,
    List<String> why,
    List<SetId> inFavourOf) {
  public SetFate {
    why = List.copyOf(why);
    inFavourOf = List.copyOf(inFavourOf);
  }

  /** The same set, which stays after all. */
  public SetFate staying(String reason) {
    return new SetFate(set, true, group, recoveryPoint, stored, List.of(reason), List.of());
  }

  /** In a line, for reports: {@code stays: 20261121T020000Z-k3f9 (manual): last 1 of 7}. */
  public String describe() {
    return (stays ? "stays: " : "goes: ") + set + " (" + group + "): " + String.join("; ", why);
  }
}
