package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.time.Duration;
import java.util.List;

/** Ends other people's sessions, and waits until none is left. */
final class DatabaseSessions {
  private static final Duration PAUSE = Duration.ofMillis(20);

  /**
   * Autovacuum is left out: the server itself ends it when a database is renamed or dropped. It is
   * known by having no user, for its type is hidden from an admin who may not read all statistics.
   */
  private static final String OF_DATABASE =
      """
      FROM pg_stat_activity a
      WHERE a.datid = ?::bigint::oid AND a.pid <> pg_backend_pid()
        AND a.usesysid IS NOT NULL
      """;

  private static final String OF_APPLICATION =
      """
      FROM pg_stat_activity a
      WHERE left(a.application_name, length(?)) = ? AND a.application_name <> ?
        AND a.pid <> pg_backend_pid()
      """;

  private DatabaseSessions() {}

  /**
   * Ends all sessions in a database, which must not accept new ones.
   *
   * @throws ResurgeException {@code WorkloadFailed} naming those that are left after {@code limit};
   *     {@code RightsMissing} if the admin may not end one
   */
  static void endIn(
      Attempt attempt, PostgresSession session, DatabaseCatalog.Entry database, Duration limit) {
    end(attempt, session, "database '" + database.name() + "'", OF_DATABASE, limit, database.oid());
  }

  /**
   * Ends the sessions of earlier attempts of this run, and of the runs that it continues, for the
   * component.
   *
   * @throws ResurgeException as {@link #endIn}
   */
  static void endEarlier(
      Attempt attempt, PostgresSession session, String component, Duration limit) {
    for (var run : attempt.run().owned()) {
      var prefix = ApplicationNames.prefix(run, component);
      end(
          attempt,
          session,
          "sessions named '" + prefix + "…'",
          OF_APPLICATION,
          limit,
          prefix,
          prefix,
          ApplicationNames.of(attempt, component));
    }
  }

  private static void end(
      Attempt attempt,
      PostgresSession session,
      String what,
      String which,
      Duration limit,
      Object... values) {
    var ended =
        Poll.until(
            attempt,
            limit,
            PAUSE,
            () ->
                session
                    .list(
                        "SELECT pg_terminate_backend(a.pid) " + which,
                        row -> row.getBoolean(1),
                        values)
                    .isEmpty());
    if (!ended) {
      throw new ResurgeException(
          ErrorType.WORKLOAD_FAILED,
          "ending "
              + what
              + ": still there after "
              + limit.toSeconds()
              + " s: "
              + String.join("; ", describe(session, which, values)));
    }
  }

  private static List<String> describe(PostgresSession session, String which, Object... values) {
    return session.texts(
        """
        SELECT format('process %s of %s (%s) from %s, %s', a.pid, coalesce(a.usename, 'the server'),
                      coalesce(nullif(a.application_name, ''), a.backend_type),
                      coalesce(host(a.client_addr), 'this host'), coalesce(a.state, 'state unknown'))
        """
            + which
            + " ORDER BY a.pid LIMIT 5",
        values);
  }
}
