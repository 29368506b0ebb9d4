package dev.resurge.activities.component.postgres;

import dev.resurge.activities.component.postgres.PostgresFacts.Creation;
import dev.resurge.activities.component.postgres.PostgresFacts.Role;
import dev.resurge.workflows.model.ByteSize;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a database's facts in a session that is connected to it. */
final class FactsReader {
  /**
   * Whoever owns, is granted or is named by a policy in this database or on it. The bootstrap
   * superuser is not among the dependencies (it cannot be dropped), so owners are asked too. Who is
   * granted something on the database itself is told: a copy that we closed to others has lost the
   * grants, and gained one of the admin's.
   */
  private static final String ROLES =
      """
      WITH named AS (
        SELECT s.refobjid AS oid FROM pg_shdepend s, pg_database d
        WHERE d.datname = current_database() AND s.refclassid = 'pg_authid'::regclass
          AND s.dbid = d.oid
        UNION SELECT oid FROM pg_roles WHERE rolname = ANY (?)
        UNION SELECT datdba FROM pg_database WHERE datname = current_database()
        UNION SELECT relowner FROM pg_class WHERE oid >= 16384
        UNION SELECT proowner FROM pg_proc WHERE oid >= 16384
        UNION SELECT nspowner FROM pg_namespace WHERE oid >= 16384
        UNION SELECT typowner FROM pg_type WHERE oid >= 16384
        UNION SELECT s.setrole FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
              WHERE d.datname = current_database())
      SELECT r.rolname,
             concat_ws(' ', format('CREATE ROLE %I', r.rolname),
               CASE WHEN r.rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,
               CASE WHEN r.rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
               CASE WHEN r.rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
               CASE WHEN r.rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
               CASE WHEN r.rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
               CASE WHEN r.rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END,
               CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END,
               'CONNECTION LIMIT ' || r.rolconnlimit),
             ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                   WHERE m.member = r.oid ORDER BY 1)
      FROM pg_roles r WHERE r.oid IN (SELECT oid FROM named) AND r.rolname !~ '^pg_'
      ORDER BY 1
      """;

  private FactsReader() {}

  /**
   * Reads them.
   *
   * @param database the one the session is connected to
   * @param called what the facts are to call it
   */
  static PostgresFacts read(
      PostgresSession session, String database, String called, String dumpVersion) {
    var server = PostgresServer.of(session);
    var state = DatabaseStateReader.read(session, database);
    return new PostgresFacts(
        server.version(),
        server.major(),
        dumpVersion,
        called,
        new ByteSize(session.number("SELECT pg_database_size(current_database())")),
        creation(session),
        state,
        extensions(session),
        hasPublicSchema(session),
        tablespaces(session),
        roles(session, state.acl()));
  }

  /** Name to version. */
  static SortedMap<String, String> extensions(PostgresSession session) {
    var versions = new TreeMap<String, String>();
    session
        .list(
            "SELECT extname, extversion FROM pg_extension",
            row -> new String[] {row.getString(1), row.getString(2)})
        .forEach(e -> versions.put(e[0], e[1]));
    return versions;
  }

  private static boolean hasPublicSchema(PostgresSession session) {
    return session.yes("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public')");
  }

  /** Columns came and were renamed with versions, so they are read out of the row as JSON. */
  private static Creation creation(PostgresSession session) {
    return session.one(
        """
        SELECT pg_encoding_to_char(d.encoding), coalesce(j ->> 'datlocprovider', 'c'),
               d.datcollate, d.datctype, coalesce(j ->> 'datlocale', j ->> 'daticulocale'),
               j ->> 'daticurules', t.spcname
        FROM pg_database d
        JOIN pg_tablespace t ON t.oid = d.dattablespace
        CROSS JOIN to_jsonb(d) AS j
        WHERE d.datname = current_database()
        """,
        row ->
            new Creation(
                row.getString(1),
                provider(row.getString(2)),
                row.getString(3),
                row.getString(4),
                Optional.ofNullable(row.getString(5)),
                Optional.ofNullable(row.getString(6)),
                row.getString(7)));
  }

  private static String provider(String letter) {
    return switch (letter) {
      case "i" -> "icu";
      case "b" -> "builtin";
      default -> "libc";
    };
  }

  private static List<String> tablespaces(PostgresSession session) {
    return session.texts(
        """
        SELECT DISTINCT t.spcname FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace
        WHERE t.spcname <> 'pg_global' ORDER BY 1
        """);
  }

  private static List<Role> roles(PostgresSession session, DatabaseAcl acl) {
    var granted =
        acl.grants().stream()
            .flatMap(g -> Stream.of(g.grantee(), g.grantor()))
            .distinct()
            .toArray(String[]::new);
    return session.list(
        ROLES,
        row ->
            new Role(
                row.getString(1), row.getString(2), List.of((String[]) row.getArray(3).getArray())),
        (Object) granted);
  }
}
