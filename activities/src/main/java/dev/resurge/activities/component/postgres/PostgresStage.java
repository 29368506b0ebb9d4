package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.DatabaseMarkers.Staged;
import dev.resurge.activities.component.postgres.DatabaseMarkers.State;
import dev.resurge.activities.component.postgres.PostgresTools.Toolbox;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
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

  PostgresStage(PostgresConnections connections, PostgresTools tools, StagedDatabases staged) {
    this.connections = connections;
    this.tools = tools;
    this.staged = staged;
  }

  StagedCopy stage(
      Attempt attempt,
      Component.Postgres component,
      ComponentManifest manifest,
      String manifestSha256,
      ArtifactReader set) {
    var facts = PostgresFacts.of(manifest);
    try (var session = connections.maintenance(attempt, component)) {
      var toolbox = toolbox(attempt, session, component, facts);
      staged.endEarlier(attempt, session, component);
      var complete = staged.complete(attempt, session, component, manifestSha256);
      staged.drop(attempt, session, component, complete);
      if (complete.isPresent()) {
        return copy(session, component, complete.get());
      }
      var marker =
          new Staged(
              attempt.run().id().value(),
              component.name(),
              attempt.token(),
              State.LOADING,
              manifestSha256,
              Optional.empty());
      var name = create(attempt, session, component, facts, marker);
      new ArchiveLoader(connections, tools, attempt, component, toolbox, name)
          .load(manifest, set, facts, missesTablespace(session, facts));
      complete(session, name, facts, marker);
      return copy(session, component, DatabaseCatalog.find(session, name).orElseThrow());
    }
  }

  private Toolbox toolbox(
      Attempt attempt, PostgresSession session, Component.Postgres component, PostgresFacts facts) {
    var server = PostgresServer.of(session);
    if (server.major() < facts.serverMajor()) {
      throw new ResurgeException(
          ErrorType.VERSION_MISMATCH,
          "staging "
              + component.database()
              + ": the set is of PostgreSQL "
              + facts.serverVersion()
              + ", the server on "
              + PostgresConnections.server(component)
              + " is "
              + server.version());
    }
    return tools.forServer(attempt, component, server.major());
  }

  private String create(
      Attempt attempt,
      PostgresSession session,
      Component.Postgres component,
      PostgresFacts facts,
      Staged marker) {
    var name = StagingNames.staged(component.database(), attempt.run().id(), attempt.token());
    var inTablespace =
        session.yes(
            "SELECT EXISTS (SELECT FROM pg_tablespace WHERE spcname = ?)",
            facts.creation().tablespace());
    session.execute(facts.createStatement(Quoting.identifier(name), inTablespace));
    session.inTransaction(() -> {
      session.execute(DatabaseMarkers.mark(name, DatabaseMarkers.STAGED, marker));
      session.execute(ClosedCopy.closing(session, name, facts.state().owner()));
      return true;
    });
    return name;
  }

  /** Where one of the source's tablespaces is missing, everything goes to the default one. */
  private static boolean missesTablespace(PostgresSession session, PostgresFacts facts) {
    return session.number(
            "SELECT count(*) FROM pg_tablespace WHERE spcname = ANY (?)",
            (Object) facts.tablespaces().toArray(String[]::new))
        < facts.tablespaces().size();
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
