package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.DatabaseMarkers.Staged;
import dev.resurge.activities.component.postgres.DatabaseMarkers.State;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Component;
import java.util.Optional;

/**
 * Builds the restored copy beside the live database. It bears our marker from its first moment, is
 * closed to others until it is swapped in, and is marked complete by a durable transaction that
 * comes after everything else: what is marked complete survives a crash of the server.
 */
final class PostgresStage {
  private final PostgresConnections connections;
  private final PostgresTools tools;
  private final StagedDatabases staged;
  private final FreshDatabases fresh;

  PostgresStage(PostgresConnections connections, PostgresTools tools, StagedDatabases staged) {
    this.connections = connections;
    this.tools = tools;
    this.staged = staged;
    this.fresh = new FreshDatabases(tools);
  }

  StagedCopy stage(
      Attempt attempt,
      Component.Postgres component,
      ComponentManifest manifest,
      String manifestSha256,
      ArtifactReader set) {
    var facts = PostgresFacts.of(manifest);
    try (var session = connections.maintenance(attempt, component)) {
      var toolbox = fresh.toolbox(attempt, session, component, facts);
      staged.endEarlier(attempt, session, component);
      var complete = staged.complete(attempt, session, component, manifestSha256);
      staged.drop(attempt, session, component, complete);
      if (complete.isPresent()) {
        return copy(session, component, complete.get());
      }
      var marker = FreshDatabases.marker(attempt, component, manifestSha256);
      var name = FreshDatabases.create(attempt, session, component, facts, marker);
      new ArchiveLoader(connections, tools, attempt, component, toolbox, name)
          .load(manifest, set, facts);
      attempt.requireWanted(name, undoing -> StagedDatabases.dropOwn(undoing, session, name));
      complete(session, name, facts, marker);
      return copy(session, component, DatabaseCatalog.find(session, name).orElseThrow());
    }
  }

  /**
   * Gives the copy its state and says that it is complete. What was loaded without waiting for the
   * disk lies before this commit in the server's log, so that waiting for this one is waiting for
   * all.
   */
  private static void complete(
      PostgresSession session, String name, PostgresFacts facts, Staged marker) {
    session.inTransaction(() -> {
      session.execute(facts.state().statements(Quoting.identifier(name)));
      session.execute(ClosedCopy.closing(session, name, facts.state().owner()));
      session.execute(
          DatabaseMarkers.mark(
              name,
              DatabaseMarkers.STAGED,
              new Staged(
                  marker.run(),
                  marker.component(),
                  marker.token(),
                  State.COMPLETE,
                  marker.manifest(),
                  Optional.of(facts.state().acl()))));
      return true;
    });
  }

  private static StagedCopy copy(
      PostgresSession session, Component.Postgres component, DatabaseCatalog.Entry entry) {
    return new StagedCopy(
        component.name(), entry.name(), entry.identity(), DatabaseCatalog.size(session, entry));
  }
}
