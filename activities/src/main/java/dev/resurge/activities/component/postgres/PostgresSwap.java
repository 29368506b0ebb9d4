package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.DatabaseMarkers.Kept;
import dev.resurge.activities.component.postgres.DatabaseMarkers.Staged;
import dev.resurge.activities.component.postgres.SwapWorld.Names;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Swaps a staged copy in, and back. Names, markers and grants change in one transaction of the
 * server's own catalogs, so that the only state in between is: names as they were, connections
 * closed.
 */
final class PostgresSwap {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final PostgresConnections connections;
  private final Duration endingSessions;

  /**
   * @param endingSessions how long sessions may take to end when told to
   */
  PostgresSwap(PostgresConnections connections, Duration endingSessions) {
    this.connections = connections;
    this.endingSessions = endingSessions;
  }

  Position position(Attempt attempt, Component.Postgres component, Swap swap) {
    try (var session = connections.maintenance(attempt, component)) {
      return SwapWorld.look(session, swap).position();
    }
  }

  String describeWorld(Attempt attempt, Component.Postgres component, Swap swap) {
    try (var session = connections.maintenance(attempt, component)) {
      return SwapWorld.look(session, swap).describe();
    }
  }

  /** From BEFORE or BETWEEN to AFTER; at AFTER it does nothing. */
  void cutOver(Attempt attempt, Component.Postgres component, Swap swap) {
    try (var session = connections.maintenance(attempt, component)) {
      endEarlier(attempt, session, component);
      var world = SwapWorld.look(session, swap);
      switch (world.names()) {
        case BEFORE -> swapIn(attempt, session, swap);
        case AFTER -> allowConnections(session, swap.liveName(), true);
        case BACK, REMOVED, OTHER -> throw changed("cutting over", world);
      }
    }
  }

  /** From any of our states to BEFORE or BACK, with the old data open to connections. */
  void swapBack(Attempt attempt, Component.Postgres component, Swap swap) {
    try (var session = connections.maintenance(attempt, component)) {
      endEarlier(attempt, session, component);
      var world = SwapWorld.look(session, swap);
      switch (world.names()) {
        case BEFORE -> {
          openOld(session, swap);
          allowConnections(session, swap.stagedName(), true); // to the admin, for another try
        }
        case BACK, REMOVED -> openOld(session, swap);
        case AFTER -> swapOut(attempt, session, swap);
        case OTHER -> throw changed("swapping back", world);
      }
    }
  }

  private static void openOld(PostgresSession session, Swap swap) {
    if (swap.live().isPresent()) {
      allowConnections(session, swap.liveName(), true);
    }
  }

  /** An attempt that is thought dead may still be about to rename: its session ends first. */
  private void endEarlier(Attempt attempt, PostgresSession session, Component.Postgres component) {
    DatabaseSessions.endEarlier(attempt, session, component.name(), endingSessions);
  }

  private void swapIn(Attempt attempt, PostgresSession session, Swap swap) {
    var live = DatabaseCatalog.find(session, swap.liveName());
    var staged = DatabaseCatalog.find(session, swap.stagedName()).orElseThrow();
    var marker =
        staged
            .markers()
            .staged()
            .filter(s -> s.state() == DatabaseMarkers.State.COMPLETE)
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.TARGET_CHANGED,
                    "cutting over: '" + staged.name() + "' is not marked as a complete copy"));
    var both = Stream.concat(live.stream(), Stream.of(staged)).toList();
    closed(attempt, session, swap, Names.BEFORE, both);
    inOneMove(
        attempt,
        session,
        swap,
        Names.AFTER,
        () -> {
          var statements = new ArrayList<String>();
          if (live.isPresent()) {
            statements.add(rename(swap.liveName(), swap.retainedName()));
            statements.add(
                DatabaseMarkers.mark(
                    swap.retainedName(),
                    DatabaseMarkers.RETAINED,
                    kept(marker, swap, "replaced", Optional.empty())));
          }
          statements.add(rename(swap.stagedName(), swap.liveName()));
          statements.add(DatabaseMarkers.unmark(swap.liveName(), DatabaseMarkers.STAGED));
          statements.add(DatabaseMarkers.unmark(swap.liveName(), DatabaseMarkers.RETAINED));
          statements.addAll(opening(session, swap.stagedName(), swap.liveName(), staged, marker));
          statements.add(allowing(swap.liveName(), true));
          return statements;
        });
  }

  private static List<String> opening(
      PostgresSession session,
      String nameNow,
      String nameThen,
      DatabaseCatalog.Entry staged,
      Staged marker) {
    var present = DatabaseStateReader.acl(session, nameNow).grantees();
    return marker
        .acl()
        .map(acl -> acl.replacing(Quoting.identifier(nameThen), staged.owner(), present))
        .orElse(List.of());
  }

  private void swapOut(Attempt attempt, PostgresSession session, Swap swap) {
    var rejected = DatabaseCatalog.find(session, swap.liveName()).orElseThrow();
    var old = DatabaseCatalog.find(session, swap.retainedName());
    var why = old.flatMap(o -> o.markers().kept());
    var both = Stream.concat(Stream.of(rejected), old.stream()).toList();
    closed(attempt, session, swap, Names.AFTER, both);
    inOneMove(
        attempt,
        session,
        swap,
        Names.BACK,
        () -> {
          var statements = new ArrayList<String>();
          why.flatMap(Kept::acl)
              .ifPresent(acl ->
                  statements.addAll(
                      ClosedCopy.opening(
                          session, swap.retainedName(), old.orElseThrow().owner(), acl)));
          // people are to look into what was rejected, and may want to capture it
          var acl = DatabaseStateReader.acl(session, swap.liveName());
          statements.addAll(ClosedCopy.closing(session, swap.liveName(), rejected.owner()));
          statements.add(rename(swap.liveName(), swap.rejectedName()));
          if (old.isPresent()) {
            statements.add(rename(swap.retainedName(), swap.liveName()));
          }
          statements.add(
              DatabaseMarkers.mark(
                  swap.rejectedName(),
                  DatabaseMarkers.RETAINED,
                  new Kept(
                      why.map(Kept::run).orElse(attempt.run().id().value()),
                      swap.component(),
                      swap.liveName(),
                      "rejected",
                      Optional.of(acl))));
          statements.add(allowing(swap.rejectedName(), true));
          statements.add(DatabaseMarkers.unmark(swap.rejectedName(), DatabaseMarkers.OWNER));
          if (old.isPresent()) {
            statements.add(DatabaseMarkers.unmark(swap.liveName(), DatabaseMarkers.RETAINED));
            statements.add(allowing(swap.liveName(), true));
          }
          return statements;
        });
  }

  private static Kept kept(Staged marker, Swap swap, String why, Optional<DatabaseAcl> acl) {
    return new Kept(marker.run(), swap.component(), swap.liveName(), why, acl);
  }

  /** Nobody new gets in, then whoever is in is put out. */
  private void closed(
      Attempt attempt,
      PostgresSession session,
      Swap swap,
      Names from,
      List<DatabaseCatalog.Entry> both) {
    session.inTransaction(() ->
        moved(session, swap, from, both.stream().map(e -> allowing(e.name(), false)).toList()));
    both.forEach(e -> DatabaseSessions.endIn(attempt, session, e, endingSessions));
  }

  /**
   * One transaction that ends with the names as wanted, or does nothing. A background worker that
   * came in between makes a rename fail, and another try in time may succeed.
   */
  private void inOneMove(
      Attempt attempt,
      PostgresSession session,
      Swap swap,
      Names wanted,
      Supplier<List<String>> statements) {
    var deadline = System.nanoTime() + endingSessions.toNanos();
    while (true) {
      attempt.checkCancelled();
      try {
        session.inTransaction(() -> moved(session, swap, wanted, statements.get()));
        return;
      } catch (ResurgeException e) {
        if (!PostgresErrors.busy(e) || System.nanoTime() > deadline) {
          throw e;
        }
        attempt.checkCancelled();
        Poll.until(PAUSE, PAUSE, () -> false);
      }
    }
  }

  private static boolean moved(
      PostgresSession session, Swap swap, Names wanted, List<String> statements) {
    session.execute("SET LOCAL lock_timeout = '5s'");
    session.execute(statements);
    var world = SwapWorld.look(session, swap);
    if (world.names() != wanted) {
      throw changed("swapping (nothing was changed)", world);
    }
    return true;
  }

  /** Names what is to bear which name; names that are taken are not used. */
  static Swap plan(
      PostgresSession session,
      Attempt attempt,
      Component.Postgres component,
      Optional<TargetIdentity> live,
      TargetIdentity predecessor,
      StagedCopy copy) {
    var taken =
        Set.copyOf(DatabaseCatalog.all(session).stream().map(DatabaseCatalog.Entry::name).toList());
    var run = attempt.run().id();
    return new Swap(
        component.name(),
        component.database(),
        live,
        predecessor,
        copy.name(),
        copy.identity(),
        StagingNames.retained(component.database(), run, taken),
        StagingNames.rejected(component.database(), run, taken));
  }

  private static void allowConnections(PostgresSession session, String database, boolean allow) {
    session.execute(allowing(database, allow));
  }

  private static String allowing(String database, boolean allow) {
    return "ALTER DATABASE " + Quoting.identifier(database) + " ALLOW_CONNECTIONS " + allow;
  }

  private static String rename(String from, String to) {
    return "ALTER DATABASE " + Quoting.identifier(from) + " RENAME TO " + Quoting.identifier(to);
  }

  static ResurgeException changed(String doing, SwapWorld world) {
    return new ResurgeException(ErrorType.TARGET_CHANGED, doing + ": " + world.describe());
  }
}
