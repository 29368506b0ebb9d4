package dev.resurge.library;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Connections to the database, a few of which are kept for the next request. One that died with its
 * server, or because the database was swapped, is noticed before it is used and replaced.
 */
final class Connections implements AutoCloseable {
  private static final int KEPT = 8;
  private static final int ALIVE_WITHIN_SECONDS = 2;

  private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(KEPT);
  private final String url;
  private final Properties properties = new Properties();

  Connections(Settings settings) {
    this.url = settings.databaseUrl();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", "library");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "30");
  }

  /** What is done with a connection. */
  interface Work<T> {
    /** Does it; the connection commits by itself. */
    T with(Connection connection) throws SQLException;
  }

  /** Lends a living connection for the time of {@code work}. */
  <T> T call(Work<T> work) throws SQLException {
    var connection = take();
    var healthy = false;
    try {
      var result = work.with(connection);
      healthy = true;
      return result;
    } finally {
      if (!healthy || !idle.offer(connection)) {
        connection.close();
      }
    }
  }

  private Connection take() throws SQLException {
    for (var kept = idle.poll(); kept != null; kept = idle.poll()) {
      if (kept.isValid(ALIVE_WITHIN_SECONDS)) {
        return kept;
      }
      kept.close();
    }
    return DriverManager.getConnection(url, properties);
  }

  @Override
  public void close() throws SQLException {
    for (var kept = idle.poll(); kept != null; kept = idle.poll()) {
      kept.close();
    }
  }
}
