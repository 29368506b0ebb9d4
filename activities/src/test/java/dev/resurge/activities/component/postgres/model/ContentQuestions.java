package dev.resurge.activities.component.postgres.model;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What the driver asks about the contents of the database that a session is in. */
final class ContentQuestions {
  private static final String TABLES =
      """
      SELECT c.oid::bigint, n.nspname, c.relname, c.relkind = 'p', %s, c.reltuples::bigint,
             EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                     AND e.objid = c.oid AND e.deptype = 'e')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
        AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
      ORDER BY n.nspname, c.relname
      """;

  private ContentQuestions() {}

  static void addTo(Map<String, Question> all) {
    all.put(TABLES.formatted("0::bigint"), (session, values) -> tables(session, t -> 0));
    all.put(
        TABLES.formatted("coalesce(pg_table_size(c.oid), 0)"),
        (session, values) -> tables(session, ModelTable::bytes));
    all.put(
        """
        SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'f' ORDER BY 1, 2
        """,
        (session, values) -> Answer.none(2));
    all.put("SELECT count(*) FROM pg_largeobject_metadata", (session, values) -> Answer.row(0L));
    all.put("SELECT pg_table_size('pg_largeobject')", (session, values) -> Answer.row(0L));
    all.put(
        "SELECT pg_export_snapshot(), statement_timestamp()",
        (session, values) ->
            Answer.row(session.export(), session.server().now().atOffset(ZoneOffset.UTC)));
    all.put(
        """
        SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE NOT l.granted AND l.locktype = 'relation' AND d.datname = current_database()
          AND pg_backend_pid() = ANY (pg_blocking_pids(l.pid)))
        """,
        (session, values) -> Answer.row(false));
    all.put(
        """
        SELECT EXISTS (SELECT FROM pg_class
        WHERE oid = to_regclass(?)::oid AND relkind IN ('r', 'p', 'v', 'm', 'f'))
        """,
        (session, values) ->
            Answer.row(session.contents().table((String) values.getFirst()).isPresent()));
    defects(all);
  }

  private static Answer tables(ModelSession session, ToLongFunction<ModelTable> size) {
    return Answer.of(
        7,
        session.contents().tables().values().stream()
            .map(t ->
                new Object[] {
                  t.oid(),
                  t.schema(),
                  t.name(),
                  false,
                  size.applyAsLong(t),
                  (long) t.rows().size(),
                  false
                })
            .toList());
  }

  /** Unreadable tables, hidden rows, invalid indexes: none here. */
  private static void defects(Map<String, Question> all) {
    for (var sql :
        List.of(
            """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'S') AND c.relpersistence <> 't'
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
              AND NOT (has_schema_privilege(n.oid, 'USAGE') AND
                       CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'SELECT')
                            ELSE has_table_privilege(c.oid, 'SELECT') END)
            ORDER BY 1, 2
            """,
            """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relrowsecurity AND row_security_active(c.oid) ORDER BY 1, 2
            """,
            """
            SELECT n.nspname, c.relname FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE NOT i.indisvalid ORDER BY 1, 2
            """)) {
      all.put(sql, (session, values) -> Answer.none(2));
    }
  }
}
