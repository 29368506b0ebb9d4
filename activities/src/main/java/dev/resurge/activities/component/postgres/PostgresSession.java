package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One session with the server, for one attempt: aborted when that is cancelled. The server's
 * failures come as {@link ResurgeException} with its own words.
 */
final class PostgresSession implements AutoCloseable {
  private final Connection connection;
  private final Attempt attempt;
  private final String where;
  private final Attempt.Registration registration;

  PostgresSession(Connection connection, Attempt attempt, String where) {
    this.connection = connection;
    this.attempt = attempt;
    this.where = where;
    this.registration = attempt.onCancel(this::abort);
  }

  /** Reads one row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Works within a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run();
  }

  /** For messages: the database and the server. */
  String where() {
    return where;
  }

  /** All rows of a query, which takes its values at its question marks. */
  <T> List<T> list(String sql, Row<T> row, Object... values) {
    try (var statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (var rows = statement.executeQuery()) {
        var list = new ArrayList<T>();
        while (rows.next()) {
          list.add(row.read(rows));
        }
        return List.copyOf(list);
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** The first row, if there is one. */
  <T> Optional<T> first(String sql, Row<T> row, Object... values) {
    return list(sql, row, values).stream().findFirst();
  }

  /** The only row. */
  <T> T one(String sql, Row<T> row, Object... values) {
    return first(sql, row, values)
        .orElseThrow(
            () -> new ResurgeException(ErrorType.INTERNAL, where + ": no row came of " + sql));
  }

  /** One column of text. */
  List<String> texts(String sql, Object... values) {
    return list(sql, row -> row.getString(1), values);
  }

  /** A number. */
  long number(String sql, Object... values) {
    return one(sql, row -> row.getLong(1), values);
  }

  /** Yes or no. */
  boolean yes(String sql, Object... values) {
    return one(sql, row -> row.getBoolean(1), values);
  }

  /** Runs a statement that answers nothing. */
  void execute(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs statements one after the other. */
  void execute(List<String> statements) {
    statements.forEach(this::execute);
  }

  /** All of {@code work} or nothing; durable on the server's disk when this returns. */
  <T> T inTransaction(Work<T> work) {
    execute("BEGIN");
    try {
      execute("SET LOCAL synchronous_commit = local");
      var result = work.run();
      execute("COMMIT");
      return result;
    } catch (RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  private void rollBack(RuntimeException why) {
    try (var statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      why.addSuppressed(e); // the connection is gone, and the transaction with it
    }
  }

  /** The driver's own connection, for what is done nowhere else. */
  Connection connection() {
    return connection;
  }

  /** Ends the session at once, also while another thread waits for the server in it. */
  void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  ResurgeException failure(SQLException e) {
    attempt.checkCancelled();
    return PostgresErrors.translate(where, e);
  }

  @Override
  public void close() {
    registration.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int n = 0; n < values.length; n++) {
      if (values[n] instanceof String[] texts) {
        statement.setArray(n + 1, statement.getConnection().createArrayOf("text", texts));
      } else {
        statement.setObject(n + 1, values[n]);
      }
    }
  }
}
