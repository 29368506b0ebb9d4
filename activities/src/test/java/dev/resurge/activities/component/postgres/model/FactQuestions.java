package dev.resurge.activities.component.postgres.model;

import dev.resurge.activities.component.postgres.model.ModelDatabase.Setting;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** What the driver asks for building an equal database. */
final class FactQuestions {
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

  private FactQuestions() {}

  static void addTo(Map<String, Question> all) {
    all.put(ROLES, FactQuestions::roles);
    all.put(
        "SELECT extname, extversion FROM pg_extension",
        (session, values) -> Answer.row("plpgsql", "1.0"));
    all.put(
        "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public')",
        (session, values) -> Answer.row(true));
    all.put(
        """
        SELECT pg_encoding_to_char(d.encoding), coalesce(j ->> 'datlocprovider', 'c'),
               d.datcollate, d.datctype, coalesce(j ->> 'datlocale', j ->> 'daticulocale'),
               j ->> 'daticurules', t.spcname
        FROM pg_database d
        JOIN pg_tablespace t ON t.oid = d.dattablespace
        CROSS JOIN to_jsonb(d) AS j
        WHERE d.datname = current_database()
        """,
        (session, values) ->
            Answer.row("UTF8", "c", "C.UTF-8", "C.UTF-8", null, null, "pg_default"));
    all.put(
        """
        SELECT DISTINCT t.spcname FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace
        WHERE t.spcname <> 'pg_global' ORDER BY 1
        """,
        (session, values) -> Answer.none(1));
    all.put(
        """
        SELECT EXISTS (SELECT FROM pg_class WHERE oid >= 16384)
            OR EXISTS (SELECT FROM pg_proc WHERE oid >= 16384)
            OR EXISTS (SELECT FROM pg_type WHERE oid >= 16384)
            OR EXISTS (SELECT FROM pg_namespace WHERE oid >= 16384 AND nspname !~ '^pg_')
            OR EXISTS (SELECT FROM pg_extension WHERE oid >= 16384)
            OR EXISTS (SELECT FROM pg_largeobject_metadata)
        """,
        (session, values) -> Answer.row(!session.contents().isEmpty()));
  }

  private static Answer roles(ModelSession session, List<Object> values) {
    var database = session.catalog().databases().get(session.database());
    var named = new TreeSet<>(List.of((String[]) values.getFirst()));
    named.add(database.owner());
    session.contents().tables().values().forEach(t -> named.add(t.owner()));
    database.settings().stream().map(Setting::role).flatMap(Optional::stream).forEach(named::add);
    return Answer.of(
        3,
        named.stream()
            .map(name -> session.catalog().roles().get(name))
            .filter(Objects::nonNull)
            .map(r ->
                new Object[] {
                  r.name(), r.definition(), r.memberOf().stream().sorted().toArray(String[]::new)
                })
            .toList());
  }
}
