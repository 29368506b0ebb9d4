package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.DatabaseMarkers.Staged;
import dev.resurge.activities.component.postgres.DatabaseMarkers.State;
import dev.resurge.activities.component.postgres.PostgresTools.Toolbox;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.util.Optional;

/** The empty databases that sets are loaded into: ours from the first moment, closed to others. */
final class FreshDatabases {
  private final PostgresTools tools;

  FreshDatabases(PostgresTools tools) {
    this.tools = tools;
  }

  /**
   * The server's own tools.
   *
   * @throws ResurgeException {@code VersionMismatch} if the set is of a newer server
   */
  Toolbox toolbox(
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

  /** The mark of what this attempt begins to load. */
  static Staged marker(Attempt attempt, Component.Postgres component, String manifestSha256) {
    return new Staged(
        attempt.run().id().value(),
        component.name(),
        attempt.token(),
        State.LOADING,
        manifestSha256,
        Optional.empty());
  }

  /** Makes one like the captured database; its name. */
  static String create(
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
}
