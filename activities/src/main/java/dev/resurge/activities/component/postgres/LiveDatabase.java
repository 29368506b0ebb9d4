package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import java.time.Duration;
import java.util.Optional;

/** The live database where a restore in place was approved: removed, or opened again. */
final class LiveDatabase {
  private final PostgresConnections connections;
  private final Duration endingSessions;

  LiveDatabase(PostgresConnections connections, Duration endingSessions) {
    this.connections = connections;
    this.endingSessions = endingSessions;
  }

  /**
   * @throws ResurgeException {@code TargetChanged} if another database bears the name; {@code
   *     WorkloadFailed} if a session does not end
   */
  void remove(Attempt attempt, Component.Postgres component, TargetIdentity live) {
    try (var session = connections.maintenance(attempt, component)) {
      endEarlier(attempt, session, component);
      var found = DatabaseCatalog.find(session, component.database());
      if (found.isPresent() && !found.get().identity().equals(live)) {
        throw new ResurgeException(
            ErrorType.TARGET_CHANGED,
            "removing '"
                + component.database()
                + "': it is "
                + found.get().identity()
                + ", planned was "
                + live);
      }
      found.ifPresent(entry -> StagedDatabases.drop(attempt, session, entry, endingSessions));
    }
  }

  /** Whether it is still there; then it takes connections again. */
  boolean reopen(Attempt attempt, Component.Postgres component, TargetIdentity live) {
    try (var session = connections.maintenance(attempt, component)) {
      endEarlier(attempt, session, component);
      var found = there(session, component, live);
      found.ifPresent(entry ->
          session.execute(
              "ALTER DATABASE " + Quoting.identifier(entry.name()) + " ALLOW_CONNECTIONS true"));
      return found.isPresent();
    }
  }

  /** An attempt that is thought dead may still be about to drop it: its session ends first. */
  private void endEarlier(Attempt attempt, PostgresSession session, Component.Postgres component) {
    DatabaseSessions.endEarlier(attempt, session, component.name(), endingSessions);
  }

  private static Optional<DatabaseCatalog.Entry> there(
      PostgresSession session, Component.Postgres component, TargetIdentity live) {
    return DatabaseCatalog.find(session, component.database())
        .filter(entry -> entry.identity().equals(live));
  }
}
