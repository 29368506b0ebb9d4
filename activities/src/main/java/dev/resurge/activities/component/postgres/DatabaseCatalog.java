package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.TargetIdentity;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The server's databases, by name and by identity. */
final class DatabaseCatalog {
  private static final String ENTRIES =
      """
      SELECT (SELECT system_identifier FROM pg_control_system()), d.oid::bigint, d.datname,
             pg_get_userbyid(d.datdba), d.datallowconn, s.setconfig
      FROM pg_database d
      LEFT JOIN pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0
      """;

  private DatabaseCatalog() {}

  /** One database as it stands. */
  record Entry(
      TargetIdentity identity,
      long oid,
      String name,
      String owner,
      boolean allowsConnections,
      Map<String, String> settings) {
    /** What we wrote on it. */
    DatabaseMarkers markers() {
      return DatabaseMarkers.of(settings);
    }
  }

  /** All databases, by name. */
  static List<Entry> all(PostgresSession session) {
    return session.list(ENTRIES + "ORDER BY d.datname", DatabaseCatalog::entry);
  }

  /** The database of that name. */
  static Optional<Entry> find(PostgresSession session, String name) {
    return session.first(ENTRIES + "WHERE d.datname = ?", DatabaseCatalog::entry, name);
  }

  /** What it takes on the server's disks. */
  static ByteSize size(PostgresSession session, Entry entry) {
    return new ByteSize(session.number("SELECT pg_database_size(?::bigint::oid)", entry.oid()));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    long oid = row.getLong(2);
    return new Entry(
        new TargetIdentity("postgres-" + row.getLong(1) + "-" + oid),
        oid,
        row.getString(3),
        row.getString(4),
        row.getBoolean(5),
        settings(row.getArray(6)));
  }

  private static Map<String, String> settings(Array array) throws SQLException {
    var settings = new TreeMap<String, String>();
    if (array != null) {
      for (var text : (String[]) array.getArray()) {
        int equals = text.indexOf('=');
        settings.put(text.substring(0, equals), text.substring(equals + 1));
      }
    }
    return Map.copyOf(settings);
  }
}
