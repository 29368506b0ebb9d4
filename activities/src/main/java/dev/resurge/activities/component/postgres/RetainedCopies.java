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
    var name = swap.retainedName();
    var entry = DatabaseCatalog.find(session, name).orElseThrow();
    var marker = entry.markers().kept();
    if (marker.flatMap(Kept::acl).isEmpty()) {
      var run = marker.map(Kept::run).orElse(attempt.run().id().value());
      var acl = DatabaseStateReader.acl(session, name);
      session.execute(
          DatabaseMarkers.mark(
              name,
              DatabaseMarkers.RETAINED,
              new Kept(run, swap.component(), swap.liveName(), "replaced", Optional.of(acl))));
      session.execute(ClosedCopy.closing(session, name, entry.owner()));
    }
    session.execute("ALTER DATABASE " + Quoting.identifier(name) + " ALLOW_CONNECTIONS true");
    return true;
  }

  /**
   * Marks a retained copy as this run's complete one. It stays marked as kept, so that giving it up
   * leaves it where it is.
   */
  StagedCopy adopt(Attempt attempt, Component.Postgres component, Retained copy) {
    try (var session = connections.maintenance(attempt, component)) {
      var entry = require(session, copy, "taking");
      var marker =
          new Staged(
              attempt.run().id().value(),
              component.name(),
              attempt.token(),
              DatabaseMarkers.State.COMPLETE,
              "",
              entry.markers().kept().flatMap(Kept::acl));
      session.execute(DatabaseMarkers.mark(entry.name(), DatabaseMarkers.STAGED, marker));
      return new StagedCopy(
          component.name(), entry.name(), entry.identity(), DatabaseCatalog.size(session, entry));
    }
  }

  /** Drops a retained copy; does nothing if no database has its identity any more. */
  void remove(Attempt attempt, Component.Postgres component, Retained copy) {
    try (var session = connections.maintenance(attempt, component)) {
      var there =
          DatabaseCatalog.all(session).stream()
              .anyMatch(entry -> entry.identity().equals(copy.identity()));
      if (there) {
        StagedDatabases.drop(attempt, session, require(session, copy, "removing"), ENDING);
      }
    }
  }

  private static DatabaseCatalog.Entry require(
      PostgresSession session, Retained copy, String doing) {
    return DatabaseCatalog.find(session, copy.name())
        .filter(entry -> entry.identity().equals(copy.identity()))
        .filter(entry -> entry.markers().kept().isPresent())
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.TARGET_CHANGED,
                doing
                    + " the retained copy '"
                    + copy.name()
                    + "' ("
                    + copy.identity()
                    + "): it has another name, identity or no mark of ours any more"));
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
