package dev.resurge.worker.world;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a world has that is not the standard: a worker in this JVM, all else shared, room enough.
 *
 * @param workerApart the worker is a process, which can be killed
 * @param itsOwnTemporal a Temporal that nobody else uses
 * @param itsOwnServer a database server that nobody else uses
 * @param small what lies on a small file system of the world's own
 * @param oddities of the worker
 * @param watchful the worker looks every second how its system stands
 */
public record Setting(
    boolean workerApart,
    boolean itsOwnTemporal,
    boolean itsOwnServer,
    Set<Small> small,
    Oddities oddities,
    boolean watchful) {
  /** What may lie on a small file system. */
  public enum Small {
    /** Some 30 MB. */
    STORE,
    /** Some 8 MB, of which the protected directory needs 1. */
    FILES,
    /** The database server's data. */
    SERVER
  }

  /** As most worlds are. */
  public static final Setting STANDARD =
      new Setting(false, false, false, Set.of(), Oddities.NONE, false);

  public Setting {
    small = Set.copyOf(small);
  }

  /** With a worker that is a process. */
  public Setting withWorkerApart() {
    return new Setting(true, itsOwnTemporal, itsOwnServer, small, oddities, watchful);
  }

  /** With a Temporal of its own. */
  public Setting withItsOwnTemporal() {
    return new Setting(workerApart, true, itsOwnServer, small, oddities, watchful);
  }

  /** With a server of its own. */
  public Setting withItsOwnServer() {
    return new Setting(workerApart, itsOwnTemporal, true, small, oddities, watchful);
  }

  /** With something on a small file system; what must see it is started where it is seen. */
  public Setting withSmall(Small what) {
    var more = EnumSet.of(what);
    more.addAll(small);
    return new Setting(
        workerApart || what != Small.SERVER,
        itsOwnTemporal,
        itsOwnServer,
        more,
        oddities,
        watchful);
  }

  /** With a worker like that. */
  public Setting with(Oddities worker) {
    return new Setting(workerApart, itsOwnTemporal, itsOwnServer, small, worker, watchful);
  }

  /** With a worker that looks every second how its system stands. */
  public Setting withWatchfulWorker() {
    return new Setting(workerApart, itsOwnTemporal, itsOwnServer, small, oddities, true);
  }
}
