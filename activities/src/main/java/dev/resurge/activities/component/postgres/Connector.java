package dev.resurge.activities.component.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** Opens connections to servers. */
@FunctionalInterface
public interface Connector {
  /** To real servers. */
  Connector REAL = new Driver()::connect;

  /**
   * Opens a connection.
   *
   * @param url {@code jdbc:postgresql://host:port/database}
   * @param properties those of PostgreSQL's JDBC driver
   * @return null if the address is none of its own
   */
  Connection connect(String url, Properties properties) throws SQLException;
}
