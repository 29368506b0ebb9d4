package dev.resurge.worker.watch;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.step.RunbookFolder;
import dev.resurge.activities.step.Site;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every {@code worker.watchEvery} at all systems of the installation's folder, one after the
 * other, whether each could be brought back now. It reads runbooks and stores and asks Temporal
 * nothing, so a backup that was missed is noticed whatever became of its run, and also if no worker
 * ran when it was due: the first look is at the worker's start.
 */
@Context
public final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RunbookFolder folder;
  private final Site site;
  private final List<Listener> listeners;
  private final Patience patience;
  private final Map<String, Lookout> lookouts = new TreeMap<>();
  private final Rounds rounds;
  private volatile WatchState state = WatchState.NOTHING_SEEN;

  /**
   * Is told by the watch's own thread, so it must come back at once, and must not ask for the watch
   * when it is made. What it throws is logged.
   */
  public interface Listener {
    /**
     * The system falls short in something else than before: told once for each change, and once at
     * the worker's start of what falls short then.
     *
     * @param before empty at the worker's start, and for a system that is new
     */
    default void changed(Optional<SystemState> before, SystemState after) {}

    /** The system's runbook is no longer there. */
    default void gone(String system) {}
  }

  /** One that begins when the worker does. */
  @Inject
  Watch(Installation installation, Site site, List<Listener> listeners) {
    this(
        new RunbookFolder(installation.runbooks()),
        site,
        installation.worker().watchEvery(),
        PATIENCE,
        listeners);
  }

  /**
   * @param patience how long one look may take
   */
  Watch(
      RunbookFolder folder,
      Site site,
      Duration every,
      Duration patience,
      List<Listener> listeners) {
    this.folder = folder;
    this.site = site;
    this.rounds = new Rounds("watch", every, this::round);
    this.patience = new Patience(patience);
    this.listeners = List.copyOf(listeners);
  }

  @PostConstruct
  void start() {
    rounds.start();
  }

  @PreDestroy
  void stop() {
    rounds.stop();
  }

  /** How all systems stand, as far as they were looked at; never changes once it is given out. */
  public WatchState state() {
    return state;
  }

  /** Looks at every system once. */
  void round() {
    // a folder that is away took no system with it: each is unseen then
    var systems = folder.isReadable() ? folder.systems() : List.copyOf(lookouts.keySet());
    state = state.awaiting(systems);
    for (var system : systems) {
      look(lookouts.computeIfAbsent(system, named -> new Lookout(named, site, folder, patience)));
    }
    for (var gone : lookouts.keySet().stream().filter(s -> !systems.contains(s)).toList()) {
      lookouts.remove(gone);
      state = state.without(gone);
      tell(listener -> listener.gone(gone));
    }
  }

  private void look(Lookout lookout) {
    var before = lookout.last();
    var after = lookout.look();
    state = state.with(after);
    var was = before.map(SystemState::shortfalls).orElseGet(Map::of);
    if (!was.keySet().equals(after.shortfalls().keySet())) {
      LOG.info(
          "{} falls short in {}{}",
          after.system(),
          after.shortfalls().isEmpty() ? "nothing" : after.shortfalls().keySet(),
          after.unseen().map(why -> ": " + why).orElse(""));
      tell(listener -> listener.changed(before, after));
    }
  }

  private void tell(Consumer<Listener> news) {
    for (var listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("{} broke on what it was told", listener.getClass().getName(), e);
      }
    }
  }
}
