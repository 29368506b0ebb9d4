package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Component;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks a database, live or staged, what a runbook wants to know, and changes nothing. */
final class PostgresQueries {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final PostgresConnections connections;

  PostgresQueries(PostgresConnections connections) {
    this.connections = connections;
  }

  String query(
      Attempt attempt, Component.Postgres component, Optional<StagedCopy> copy, String sql) {
    try (var session = open(attempt, component, copy)) {
      session.execute("BEGIN READ ONLY");
      try (var statement = session.connection().createStatement()) {
        statement.setMaxRows(2);
        return value(statement, sql);
      } catch (SQLException e) {
        throw refused(attempt, sql, e);
      }
    }
  }

  List<String> missingTables(
      Attempt attempt,
      Component.Postgres component,
      Optional<StagedCopy> copy,
      List<String> tables) {
    try (var session = open(attempt, component, copy)) {
      return tables.stream().filter(t -> !exists(session, t)).toList();
    }
  }

  private static boolean exists(PostgresSession session, String table) {
    try {
      return session.yes(
          """
          SELECT EXISTS (SELECT FROM pg_class
          WHERE oid = to_regclass(?)::oid AND relkind IN ('r', 'p', 'v', 'm', 'f'))
          """,
          table);
    } catch (ResurgeException e) {
      if (e.type() == ErrorType.PROGRAM_FAILED) { // a name that SQL cannot read
        throw new ResurgeException(ErrorType.CHECK_FAILED, e.getMessage(), e);
      }
      throw e;
    }
  }

  private PostgresSession open(
      Attempt attempt, Component.Postgres component, Optional<StagedCopy> copy) {
    if (copy.isPresent()) {
      try (var session = connections.maintenance(attempt, component)) {
        PostgresVerification.requireSame(session, copy.get());
      }
    }
    var database = copy.map(StagedCopy::name).orElseGet(component::database);
    return connections.readOnly(attempt, component, database, LIMIT);
  }

  private static String value(Statement statement, String sql) throws SQLException {
    if (!statement.execute(sql)) {
      throw notOneValue(sql, "it answers no rows");
    }
    try (var rows = statement.getResultSet()) {
      var value = onlyValue(rows, sql);
      if (statement.getMoreResults() || statement.getUpdateCount() != -1) {
        throw notOneValue(sql, "it is more than one statement");
      }
      return value;
    }
  }

  private static String onlyValue(ResultSet rows, String sql) throws SQLException {
    if (rows.getMetaData().getColumnCount() != 1) {
      throw notOneValue(sql, "it answers " + rows.getMetaData().getColumnCount() + " columns");
    }
    if (!rows.next()) {
      throw notOneValue(sql, "it answers no row");
    }
    var value = rows.getString(1);
    if (rows.next()) {
      throw notOneValue(sql, "it answers more than one row");
    }
    return value == null ? "null" : value;
  }

  private static ResurgeException notOneValue(String sql, String what) {
    return new ResurgeException(
        ErrorType.CHECK_FAILED,
        "asking '" + sql + "': one row with one column was expected, " + what);
  }

  private static ResurgeException refused(Attempt attempt, String sql, SQLException e) {
    attempt.checkCancelled();
    return new ResurgeException(
        ErrorType.CHECK_FAILED,
        "asking '" + sql + "': " + String.valueOf(e.getMessage()).strip(),
        e);
  }
}
