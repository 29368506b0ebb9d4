package dev.resurge.worker.console;

import dev.resurge.activities.store.SetEntry;
import dev.resurge.workflows.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a system's store holds for people to read.
 *
 * @param readAt when it was read; empty if it never could be
 * @param runs newest first
 * @param unbelieved the runs whose reports cannot be shown, and why
 * @param sets newest first; those that cannot be read too
 * @param moreSets whether there are older ones
 * @param trouble why it could not be read anew; the rest is older then
 */
record History(
    Optional<Instant> readAt,
    List<RunFacts> runs,
    Map<RunId, String> unbelieved,
    List<SetEntry> sets,
    boolean moreSets,
    Optional<String> trouble) {
  static final History NOTHING_READ =
      new History(Optional.empty(), List.of(), Map.of(), List.of(), false, Optional.empty());

  History {
    runs = List.copyOf(runs);
    unbelieved = Map.copyOf(unbelieved);
    sets = List.copyOf(sets);
  }

  /** The same, when reading it anew failed. */
  History withTrouble(String why) {
    return new History(readAt, runs, unbelieved, sets, moreSets, Optional.of(why));
  }
}
