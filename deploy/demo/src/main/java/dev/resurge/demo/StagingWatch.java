package dev.resurge.demo;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sees from outside that a restore is loading its copy: a database that was not there before has
 * content, and more is being loaded into it at this moment.
 */
final class StagingWatch implements AutoCloseable {
  /** An empty database is half as big. */
  private static final long BEGUN_BYTES = 16L << 20;

  private final Connection connection;
  private final List<String> known;

  StagingWatch(String url, String user, String password) throws SQLException {
    connection = DriverManager.getConnection(url, user, password);
    known = databases();
  }

  /** A copy being loaded. */
  record Copy(String database, String size) {}

  private List<String> databases() throws SQLException {
    try (var statement = connection.createStatement()) {
      var row = statement.executeQuery("SELECT datname FROM pg_database");
      var names = new ArrayList<String>();
      while (row.next()) {
        names.add(row.getString(1));
      }
      return names;
    }
  }

  /** The copy that is being loaded right now, if there is one. */
  Optional<Copy> look() throws SQLException {
    var query =
        """
        SELECT datname, pg_size_pretty(pg_database_size(oid)) FROM pg_database d
        WHERE datname <> ALL (?) AND pg_database_size(oid) > ? AND EXISTS (
          SELECT FROM pg_stat_activity a
          WHERE a.datid = d.oid AND a.state = 'active' AND a.query LIKE 'COPY%')
        """;
    try (var select = connection.prepareStatement(query)) {
      Array names = connection.createArrayOf("name", known.toArray());
      select.setArray(1, names);
      select.setLong(2, BEGUN_BYTES);
      var row = select.executeQuery();
      return row.next()
          ? Optional.of(new Copy(row.getString(1), row.getString(2)))
          : Optional.empty();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
