package dev.resurge.worker.world;

import dev.resurge.activities.store.ArtifactStores;
import dev.resurge.worker.Surroundings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * In what a world's worker differs from one in production.
 *
 * @param watched tells the world's {@link Watch} of every step
 * @param hurried notices a dead worker after three seconds, and waits a tenth between tries
 * @param clockAhead by how much its clock is wrong
 * @param storeDelay how much longer every operation of the store takes, and every block it moves
 * @param version how it calls itself
 */
public record Oddities(
    boolean watched, boolean hurried, Duration clockAhead, Duration storeDelay, String version) {
  /** A worker as in production. */
  public static final Oddities NONE =
      new Oddities(false, false, Duration.ZERO, Duration.ZERO, Surroundings.real().version());

  /** Tells of every step, at production's pace. */
  public static final Oddities WATCHED =
      new Oddities(true, false, Duration.ZERO, Duration.ZERO, NONE.version());

  /** Tells of every step, and does not wait long. */
  public static final Oddities HURRIED =
      new Oddities(true, true, Duration.ZERO, Duration.ZERO, NONE.version());

  /** The same with another clock. */
  public Oddities ahead(Duration by) {
    return new Oddities(watched, hurried, by, storeDelay, version);
  }

  /** The same with a slow store. */
  public Oddities slowStore(Duration delay) {
    return new Oddities(watched, hurried, clockAhead, delay, version);
  }

  /** The same under another version. */
  public Oddities version(String other) {
    return new Oddities(watched, hurried, clockAhead, storeDelay, other);
  }

  List<String> arguments() {
    return List.of(
        "" + watched, "" + hurried, clockAhead.toString(), storeDelay.toString(), version);
  }

  static Oddities of(List<String> arguments) {
    return new Oddities(
        Boolean.parseBoolean(arguments.get(0)),
        Boolean.parseBoolean(arguments.get(1)),
        Duration.parse(arguments.get(2)),
        Duration.parse(arguments.get(3)),
        arguments.get(4));
  }

  Surroundings surroundings(Path watchFolder) {
    return new Surroundings(
        Clock.offset(Clock.systemUTC(), clockAhead),
        storeDelay.isZero()
            ? ArtifactStores::open
            : store -> new SlowStore(ArtifactStores.open(store), storeDelay),
        watched ? List.of(new Onlooker(new Watch(watchFolder), hurried)) : List.of(),
        version);
  }
}
