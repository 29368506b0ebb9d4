package dev.resurge.activities.component.postgres;

import java.util.List;

/**
 * Lists a database's tables: leaves of partitions and unlogged ones too; no temporary ones, no
 * foreign ones (their rows live elsewhere), no materialized views (a restore computes them again).
 */
final class TableCatalog {
  private TableCatalog() {}

  /** The tables without their sizes: asking for a size would wait for whoever alters a table. */
  static List<Table> names(PostgresSession session) {
    return list(session, "0::bigint");
  }

  /** The tables with their sizes; for a session that has locked them. */
  static List<Table> sized(PostgresSession session) {
    return list(session, "coalesce(pg_table_size(c.oid), 0)");
  }

  /** Foreign tables, whose rows no set holds. */
  static List<String> foreign(PostgresSession session) {
    return session.list(
        """
        SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'f' ORDER BY 1, 2
        """,
        row -> Quoting.displayed(row.getString(1), row.getString(2)));
  }

  private static List<Table> list(PostgresSession session, String size) {
    return session.list(
        """
        SELECT c.oid::bigint, n.nspname, c.relname, c.relkind = 'p', %s, c.reltuples::bigint,
               EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
                       AND e.objid = c.oid AND e.deptype = 'e')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
          AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
        ORDER BY n.nspname, c.relname
        """
            .formatted(size),
        row ->
            new Table(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(7),
                row.getLong(5),
                row.getLong(6)));
  }
}
