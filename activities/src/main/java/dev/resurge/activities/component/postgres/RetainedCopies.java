package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.DatabaseMarkers.Kept;
import dev.resurge.activities.component.postgres.DatabaseMarkers.Staged;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.runbook.Component;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The data that is kept beside the live database, and whose both are. */
final class RetainedCopies {
  private static final Duration ENDING = Duration.ofSeconds(30);
  private static final Optional<DatabaseAcl> NONE = Optional.empty();

  private final PostgresConnections connections;

  RetainedCopies(PostgresConnections connections) {
    this.connections = connections;
  }

  /**
   * Marks the live database as its owner's.
   *
   * @throws ResurgeException {@code TargetOwned} if it is marked as somebody else's
   */
  void mark(Attempt attempt, Component.Postgres component, Owner owner) {
    try (var session = connections.maintenance(attempt, component)) {
      DatabaseSessions.endEarlier(attempt, session, component.name(), ENDING);
      mark(session, component.database(), owner);
    }
  }

  private static void mark(PostgresSession session, String database, Owner owner) {
    var present =
        DatabaseCatalog.find(session, database)
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.TARGET_CHANGED, "marking: there is no database '" + database + "'"))
            .markers()
            .owner();
    if (present.isEmpty()) {
      session.execute(DatabaseMarkers.mark(database, DatabaseMarkers.OWNER, owner));
    } else if (!present.get().equals(owner)) {
      throw new ResurgeException(
          ErrorType.TARGET_OWNED,
          "marking database '"
              + database
              + "' as that of "
              + owner.describe()
              + ": it belongs to "
              + present.get().describe());
    }
  }

  /**
   * After healthy: the new live database is its owner's, and the old one opens again to the admin
   * only, so that it can be captured. The grants it had stay in its marker.
   */
  Optional<Retained> retain(Attempt attempt, Component.Postgres component, Owner owner, Swap swap) {
    try (var session = connections.maintenance(attempt, component)) {
      DatabaseSessions.endEarlier(attempt, session, component.name(), ENDING);
      var world = SwapWorld.look(session, swap);
      if (world.names() != SwapWorld.Names.AFTER) {
        throw PostgresSwap.changed("retaining the old data", world);
      }
      mark(session, swap.liveName(), owner);
      if (swap.live().isEmpty()) {
        return Optional.empty();
      }
      session.inTransaction(() -> close(session, attempt, swap));
      var entry = DatabaseCatalog.find(session, swap.retainedName()).orElseThrow();
      return Optional.of(describe(session, component, entry, entry.markers().kept().orElseThrow()));
    }
  }

  private static boolean close(PostgresSession session, Attempt attempt, Swap swap) {
    var entry = DatabaseCatalog.find(session, swap.retainedName()).orElseThrow();
    var run = entry.markers().kept().map(Kept::run).orElse(attempt.run().id().value());
    holdBack(session, entry, new Kept(run, swap.component(), swap.liveName(), "replaced", NONE));
    return true;
  }

  /**
   * Opens a copy to the admin only; the grants it had go into its marker, unless they are there.
   */
  private static DatabaseAcl holdBack(
      PostgresSession session, DatabaseCatalog.Entry entry, Kept kept) {
    var name = entry.name();
    var held = entry.markers().kept().flatMap(Kept::acl);
    var acl = held.orElseGet(() -> DatabaseStateReader.acl(session, name));
    if (held.isEmpty()) {
      session.execute(
          DatabaseMarkers.mark(
              name,
              DatabaseMarkers.RETAINED,
              new Kept(kept.run(), kept.component(), kept.of(), kept.why(), Optional.of(acl))));
      session.execute(ClosedCopy.closing(session, name, entry.owner()));
    }
    session.execute("ALTER DATABASE " + Quoting.identifier(name) + " ALLOW_CONNECTIONS true");
    return acl;
  }

  /**
   * Marks a retained copy as this run's complete one. It stays marked as kept, so that giving it up
   * leaves it where it is. One whose restore died before it retained it is closed to others first.
   */
  StagedCopy adopt(Attempt attempt, Component.Postgres component, Retained copy) {
    try (var session = connections.maintenance(attempt, component)) {
      DatabaseSessions.endEarlier(attempt, session, component.name(), ENDING);
      var entry = require(session, component, copy, "taking");
      var kept = entry.markers().kept().orElseThrow();
      session.inTransaction(() -> {
        var marker =
            new Staged(
                attempt.run().id().value(),
                component.name(),
                attempt.token(),
                DatabaseMarkers.State.COMPLETE,
                "",
                Optional.of(holdBack(session, entry, kept)));
        session.execute(DatabaseMarkers.mark(entry.name(), DatabaseMarkers.STAGED, marker));
        return true;
      });
      return new StagedCopy(
          component.name(), entry.name(), entry.identity(), DatabaseCatalog.size(session, entry));
    }
  }

  /**
   * Drops a retained copy; does nothing if no database has its identity any more.
   *
   * @throws ResurgeException {@code TargetChanged} if it is not what was kept; {@code TargetBusy}
   *     if another run has taken it to swap it in again
   */
  void remove(Attempt attempt, Component.Postgres component, Retained copy) {
    try (var session = connections.maintenance(attempt, component)) {
      DatabaseSessions.endEarlier(attempt, session, component.name(), ENDING);
      var there =
          DatabaseCatalog.all(session).stream()
              .anyMatch(entry -> entry.identity().equals(copy.identity()));
      if (there) {
        var entry = require(session, component, copy, "removing");
        requireFree(attempt, entry);
        StagedDatabases.drop(attempt, session, entry, ENDING);
      }
    }
  }

  private static void requireFree(Attempt attempt, DatabaseCatalog.Entry entry) {
    var run = attempt.run().id().value();
    var taker = entry.markers().staged().map(Staged::run).filter(taken -> !taken.equals(run));
    if (taker.isPresent()) {
      throw new ResurgeException(
          ErrorType.TARGET_BUSY,
          "removing the retained copy '"
              + entry.name()
              + "': run "
              + taker.get()
              + " has taken it to swap it in again. If that run is over: ALTER DATABASE "
              + Quoting.identifier(entry.name())
              + " RESET "
              + DatabaseMarkers.STAGED);
    }
  }

  private static DatabaseCatalog.Entry require(
      PostgresSession session, Component.Postgres component, Retained copy, String doing) {
    return DatabaseCatalog.find(session, copy.name())
        .filter(entry -> entry.identity().equals(copy.identity()))
        .filter(entry -> !entry.name().equals(component.database()))
        .filter(entry -> isKeptOf(entry, component))
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.TARGET_CHANGED,
                doing
                    + " the retained copy '"
                    + copy.name()
                    + "' ("
                    + copy.identity()
                    + "): it has another name or identity, or does not bear our mark as kept of '"
                    + component.database()
                    + "'"));
  }

  private static boolean isKeptOf(DatabaseCatalog.Entry entry, Component.Postgres component) {
    return entry.markers().kept().filter(k -> k.of().equals(component.database())).isPresent();
  }

  /** All copies kept of the component's database, by any run. */
  List<Retained> retained(Attempt attempt, Component.Postgres component) {
    try (var session = connections.maintenance(attempt, component)) {
      return DatabaseCatalog.all(session).stream()
          .filter(e -> !e.name().equals(component.database()))
          .flatMap(e ->
              e
                  .markers()
                  .kept()
                  .filter(k -> k.of().equals(component.database()) && RunId.isValid(k.run()))
                  .map(k -> describe(session, component, e, k))
                  .stream())
          .toList();
    }
  }

  private static Retained describe(
      PostgresSession session,
      Component.Postgres component,
      DatabaseCatalog.Entry entry,
      Kept kept) {
    return new Retained(
        component.name(),
        entry.name(),
        entry.identity(),
        kept.why(),
        new RunId(kept.run()),
        DatabaseCatalog.size(session, entry));
  }
}
