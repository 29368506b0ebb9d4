package dev.resurge.worker.console;

import dev.resurge.activities.evidence.EvidenceArchive;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.store.SetRepository;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads one system's history, again and again. A report is never replaced, so one that is believed
 * is read once; also if a look at the store is given up half-way, the next one goes on from there.
 */
final class HistoryReader {
  /** Of each procedure: a backup an hour must not push the last drills out of sight. */
  private static final int RUNS = 30;

  private static final int SETS = 30;

  private final String system;
  private final TrustRoots trust;
  private final InstantSource clock;
  private final Map<RunId, RunFacts> known = new ConcurrentHashMap<>();
  private volatile History last = History.NOTHING_READ;

  HistoryReader(String system, TrustRoots trust, InstantSource clock) {
    this.system = system;
    this.trust = trust;
    this.clock = clock;
  }

  /** What was read last. */
  History last() {
    return last;
  }

  /** Whether what was read last is not older than that. */
  boolean isSince(Instant moment) {
    return last.readAt().filter(at -> !at.isBefore(moment)).isPresent();
  }

  /**
   * Reads what is new.
   *
   * @throws ResurgeException {@code StoreUnavailable}
   */
  History read(ArtifactStore store) {
    var archive = new EvidenceArchive(store, system);
    var runs = archive.newestOfEach(RUNS);
    known.keySet().retainAll(runs);
    var facts = new ArrayList<RunFacts>();
    var unbelieved = new HashMap<RunId, String>();
    for (var run : runs) {
      facts(archive, run, unbelieved).ifPresent(facts::add);
    }
    var sets = new SetRepository(store, system).newestFirst(trust).limit(SETS + 1L).toList();
    last =
        new History(
            Optional.of(clock.instant()),
            facts,
            unbelieved,
            sets.subList(0, Math.min(SETS, sets.size())),
            sets.size() > SETS,
            Optional.empty());
    return last;
  }

  private Optional<RunFacts> facts(
      EvidenceArchive archive, RunId run, Map<RunId, String> unbelieved) {
    var before = known.get(run);
    if (before != null) {
      return Optional.of(before);
    }
    var facts =
        archive
            .readIfBelieved(
                run, trust, why -> unbelieved.put(run, why.type().id() + ": " + why.getMessage()))
            .map(RunFacts::of);
    facts.ifPresent(read -> known.put(run, read));
    return facts;
  }
}
