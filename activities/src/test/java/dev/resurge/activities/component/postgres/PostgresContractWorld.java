package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.runbook.Component;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A server with one database to protect, real or in memory: a table {@code note} with one column of
 * text and the row {@code first}, and a table {@code big} that is worth a stream of its own.
 */
interface PostgresContractWorld extends AutoCloseable {
  PostgresDriver driver();

  Component.Postgres component();

  DirectorySet set();

  /** A session of anybody's. */
  Connection connect(String database, String user, String application) throws SQLException;

  /** The databases whose names begin with the protected one's, sorted. */
  List<String> databases();

  @Override
  void close();

  /** Runs statements as the superuser. */
  default void execute(String database, String... statements) {
    try (var session = connect(database, "postgres", "person");
        var statement = session.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer of a query, which the superuser asks. */
  default String value(String database, String sql) {
    try (var session = connect(database, "postgres", "person");
        var statement = session.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The state with which somebody is refused; empty if let in. */
  default String refusal(String database, String user) {
    try (var session = connect(database, user, "visitor")) {
      return session.isValid(5) ? "" : "not valid";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
