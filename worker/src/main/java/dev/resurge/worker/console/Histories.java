package dev.resurge.worker.console;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.step.Site;
import dev.resurge.worker.watch.Patience;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Runbook;
import dev.resurge.workflows.runbook.Store;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Reads systems' histories for who looks at them, and keeps what was read. Its patience is its own,
 * and shorter than the watch's: that a reader gave up must not count as a store that is away.
 */
@Singleton
class Histories {
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** Several readers, whose pages load themselves again, cost a store no more than one. */
  private static final Duration FRESH = Duration.ofSeconds(3);

  private final Site site;
  private final Patience patience;
  private final Map<Place, HistoryReader> readers = new ConcurrentHashMap<>();

  /** A system in a store: with another store its history is another one. */
  private record Place(String system, Store store) {}

  @Inject
  Histories(Site site) {
    this(site, PATIENCE);
  }

  /**
   * @param patience how long somebody waits for a store at most
   */
  Histories(Site site, Duration patience) {
    this.site = site;
    this.patience = new Patience(patience);
  }

  /** What is known of the system, read anew if its store answers in time; else why not. */
  History of(Runbook runbook) {
    var store = runbook.spec().store();
    var reader =
        readers.computeIfAbsent(
            new Place(runbook.system(), store),
            place -> new HistoryReader(place.system(), site.trust(), site.clock()));
    var freshFrom = site.clock().instant().minus(FRESH);
    if (reader.isSince(freshFrom)) {
      return reader.last();
    }
    try {
      // another may have read it while this one waited for its turn
      return ask(store, opened -> reader.isSince(freshFrom) ? reader.last() : reader.read(opened));
    } catch (ResurgeException e) {
      return reader.last().withTrouble(e.type().id() + ": " + e.getMessage());
    }
  }

  /**
   * What the call makes of the store.
   *
   * @throws ResurgeException as the call does; {@code StoreUnavailable} if it takes too long
   */
  <T> T ask(Store store, Function<ArtifactStore, T> call) {
    return patience.ask(store, () -> call.apply(site.stores().apply(store)));
  }

  /** Forgets systems that are no more. */
  void keep(Collection<String> systems) {
    readers.keySet().removeIf(place -> !systems.contains(place.system()));
  }
}
