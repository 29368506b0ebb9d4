package dev.resurge.worker.matrix;

import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.Setting;
import dev.resurge.worker.world.Setting.Small;
import dev.resurge.worker.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What can go wrong around a run. */
final class Faults {
  /** So long, at production's own pace, where the table says 30 s. */
  static final Duration LONG = Duration.ofSeconds(30);

  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final int LEFT_KILOBYTES = 4;

  /** With less PostgreSQL panics rather than refuses: its own small files find no room. */
  private static final int LEFT_TO_SERVER_KILOBYTES = 64;

  private Faults() {}

  /** Its programs live on, and nobody tells them; another worker comes at once. */
  static Fault workerKilled(String name, Oddities ofTheNext) {
    return Fault.of(name, World::killWorker, world -> world.startWorker(false, ofTheNext))
        .after(world -> world.changeWorker(true, Oddities.HURRIED))
        .lasting(Duration.ZERO);
  }

  /** Temporal is killed, and another comes at once with what it had written down. */
  static Fault temporalKilled() {
    return temporal("Temporal killed").lasting(Duration.ofSeconds(1));
  }

  /** The same for half a minute, with production's waits. */
  static Fault temporalGoneLong() {
    return temporal("Temporal away for 30 s").lasting(LONG).atProductionsPace();
  }

  private static Fault temporal(String name) {
    return Fault.of(name, world -> world.temporal().kill(), world -> world.temporal().startAgain())
        .in(Setting::withItsOwnTemporal);
  }

  /** Power fails: all of the server's processes are gone, and come back in a moment. */
  static Fault serverKilled() {
    return Fault.of(
            "PostgreSQL killed, started again",
            world -> world.cluster().kill9(),
            world -> world.cluster().start())
        .in(Setting::withItsOwnServer)
        .lasting(Duration.ofSeconds(1));
  }

  /** The server is killed, and stays away until the run asks for help. */
  static Fault serverGone() {
    return Fault.of(
            "PostgreSQL killed, away until asked for",
            world -> world.cluster().kill9(),
            world -> world.cluster().start())
        .in(Setting::withItsOwnServer);
  }

  /** All of the server's processes hang: connections stay open, and nothing answers. */
  static Fault serverHangs() {
    return Fault.of(
            "PostgreSQL hangs for a while",
            world -> world.cluster().freeze(),
            world -> world.cluster().thaw())
        .in(Setting::withItsOwnServer)
        .lasting(SHORT);
  }

  /** The same for half a minute, with production's waits. */
  static Fault serverHangsLong() {
    return serverHangs().named("PostgreSQL hangs for 30 s").lasting(LONG).atProductionsPace();
  }

  /** The store's folder is not there, as when it is not mounted. */
  static Fault storeGone() {
    return Fault.of(
        "store gone until asked for",
        world -> move(world.store(), away(world)),
        world -> move(away(world), world.store()));
  }

  /** The same for half a minute, with production's waits. */
  static Fault storeGoneLong() {
    return storeGone().named("store gone for 30 s").lasting(LONG).atProductionsPace();
  }

  /** The store's file system has no room left. */
  static Fault storeFull() {
    return Fault.of(
            "store full",
            world -> world.enclosure().fill(world.storeInside(), LEFT_KILOBYTES),
            world -> world.enclosure().empty(world.storeInside()))
        .in(setting -> setting.withSmall(Small.STORE));
  }

  /** The store's file system takes no writes. */
  static Fault storeReadOnly() {
    return Fault.of(
            "store read-only",
            world -> world.enclosure().makeReadOnly(world.storeInside()),
            world -> world.enclosure().makeWritable(world.storeInside()))
        .in(setting -> setting.withSmall(Small.STORE));
  }

  /** Every operation and every block that passes takes longer, from the beginning to the end. */
  static Fault storeSlow() {
    var slow = Oddities.HURRIED.slowStore(Duration.ofMillis(40));
    return Fault.of("store slow", world -> {}, world -> {})
        .after(world -> world.changeWorker(false, slow))
        .afterwards(Faults::usualWorker);
  }

  /** No room where the protected directory lies. */
  static Fault filesFull() {
    return Fault.of(
            "the directory's file system full",
            world -> world.enclosure().fill(world.dataInside(), LEFT_KILOBYTES),
            world -> world.enclosure().empty(world.dataInside()))
        .in(setting -> setting.withSmall(Small.FILES));
  }

  /** No room where the database server's data lies. */
  static Fault serverFull() {
    return Fault.of(
            "the database server's file system full",
            world -> world.enclosure().fill(world.cluster().data(), LEFT_TO_SERVER_KILOBYTES),
            world -> world.enclosure().empty(world.cluster().data()))
        .in(setting -> setting.withSmall(Small.SERVER));
  }

  /** The worker's clock is wrong from the beginning. */
  static Fault clockAhead(Duration by) {
    return Fault.of("worker's clock " + by.toSeconds() + " s ahead", world -> {}, world -> {})
        .after(world -> world.changeWorker(false, Oddities.HURRIED.ahead(by)))
        .afterwards(Faults::usualWorker);
  }

  /** The worker is killed, and the next one's clock is wrong. */
  static Fault clockJumps(Duration by) {
    return workerKilled(
            "worker killed, the next one's clock " + by.toMinutes() + " min ahead",
            Oddities.HURRIED.ahead(by))
        .afterwards(Faults::usualWorker);
  }

  /** The worker is killed, and the next one is newer: it replays what the old one began. */
  static Fault newerWorker() {
    return workerKilled("worker killed, a newer version comes", Oddities.HURRIED.version("99.0"));
  }

  private static void usualWorker(World world) {
    world.changeWorker(false, Oddities.HURRIED);
  }

  private static Path away(World world) {
    return world.store().resolveSibling("store-away");
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
