package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.DatabaseAcl.Grant;
import dev.resurge.activities.component.postgres.DatabaseState.SecurityLabel;
import dev.resurge.activities.component.postgres.DatabaseState.Setting;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.List;
import java.util.Optional;

/** Reads a database's state from the catalogs that all databases share. */
final class DatabaseStateReader {
  private DatabaseStateReader() {}

  /**
   * The state of a database. Where we closed it to others (a staged or retained copy), its grants
   * are those it had before or is to have, which its marker keeps.
   */
  static DatabaseState read(PostgresSession session, String database) {
    var entry = DatabaseCatalog.find(session, database);
    if (entry.isEmpty()) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED,
          "reading the settings of database '" + database + "': there is none of that name");
    }
    var markers = entry.get().markers();
    var acl = markers.heldBackAcl().orElseGet(() -> acl(session, database));
    return session.one(
        """
        SELECT pg_get_userbyid(d.datdba), d.datconnlimit, d.datistemplate,
               shobj_description(d.oid, 'pg_database')
        FROM pg_database d WHERE d.datname = ?
        """,
        row ->
            new DatabaseState(
                row.getString(1),
                acl,
                settings(session, database),
                row.getInt(2),
                row.getBoolean(3),
                Optional.ofNullable(row.getString(4)),
                labels(session, database)),
        database);
  }

  /** What is granted on a database now. */
  static DatabaseAcl acl(PostgresSession session, String database) {
    return new DatabaseAcl(
        session.list(
            """
            SELECT CASE WHEN a.grantee = 0 THEN '' ELSE pg_get_userbyid(a.grantee) END,
                   pg_get_userbyid(a.grantor), a.privilege_type, a.is_grantable
            FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
            WHERE d.datname = ?
            """,
            row ->
                new Grant(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)),
            database));
  }

  private static List<Setting> settings(PostgresSession session, String database) {
    return session
        .list(
            """
            SELECT r.rolname, setting
            FROM pg_database d
            JOIN pg_db_role_setting s ON s.setdatabase = d.oid
            LEFT JOIN pg_roles r ON r.oid = s.setrole
            CROSS JOIN unnest(s.setconfig) WITH ORDINALITY AS u(setting, place)
            WHERE d.datname = ? AND (s.setrole = 0 OR r.oid IS NOT NULL)
            ORDER BY r.rolname NULLS FIRST, u.place
            """,
            row -> {
              var text = row.getString(2);
              int equals = text.indexOf('=');
              return new Setting(
                  Optional.ofNullable(row.getString(1)),
                  text.substring(0, equals),
                  text.substring(equals + 1));
            },
            database)
        .stream()
        .filter(s -> !s.name().startsWith(DatabaseMarkers.PREFIX))
        .toList();
  }

  private static List<SecurityLabel> labels(PostgresSession session, String database) {
    return session.list(
        """
        SELECT l.provider, l.label FROM pg_shseclabel l
        JOIN pg_database d ON l.classoid = 'pg_database'::regclass AND l.objoid = d.oid
        WHERE d.datname = ? ORDER BY 1
        """,
        row -> new SecurityLabel(row.getString(1), row.getString(2)),
        database);
  }
}
