package dev.resurge.activities.evidence;

import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.readiness.LastRun;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was read once of a system's ended runs and need not be read again: a report is never
 * replaced, and a settled journal stays settled. Sets are not in here; they can be marked bad. Of
 * what is not believed nothing is kept, so that it is looked at again. Not for two readers at once.
 */
public final class KnownRuns {
  private final Map<RunId, LastRun> runs = new HashMap<>();
  private final Set<RunId> provingNothing = new HashSet<>();
  private final Set<RunId> settledJournals = new HashSet<>();

  /** Nothing is known yet. */
  public KnownRuns() {}

  Optional<LastRun> of(RunId run) {
    return Optional.ofNullable(runs.get(run));
  }

  boolean provesNothing(RunId run) {
    return provingNothing.contains(run);
  }

  /** Added to by who finds one. */
  Set<RunId> settledJournals() {
    return settledJournals;
  }

  void add(LastRun run) {
    runs.put(run.run(), run);
    if (run.proven().isEmpty()) {
      provingNothing.add(run.run());
    }
  }

  /** Forgets what is no longer there, and more than the ids of those that are not asked for. */
  void keep(Collection<RunId> present, List<LastRun> lastOfEach, Optional<LastRun> proof) {
    provingNothing.retainAll(new HashSet<>(present));
    runs.values().removeIf(run -> !lastOfEach.contains(run) && !proof.equals(Optional.of(run)));
  }
}
