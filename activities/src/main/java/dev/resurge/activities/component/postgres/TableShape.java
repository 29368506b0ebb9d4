package dev.resurge.activities.component.postgres;

import java.util.List;
import java.util.Optional;

/**
 * What a table looks like, as far as rows are read from it or merged into it.
 *
 * @param key the primary key's columns; empty if it has none
 * @param arbitrates whether {@code ON CONFLICT} can go by the key: it is not deferrable, and no
 *     rule rewrites what is inserted or updated
 */
record TableShape(
    long oid,
    String schema,
    String name,
    boolean partitioned,
    List<Column> columns,
    List<String> key,
    boolean arbitrates) {
  TableShape {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /**
   * One column.
   *
   * @param type as SQL takes it, with its schema
   * @param collation as SQL takes it, where it is not the type's own
   * @param generated whether it is computed and cannot be given
   * @param always whether it is an identity that cannot be given without overriding
   */
  record Column(
      String name, String type, Optional<String> collation, boolean generated, boolean always) {
    String quoted() {
      return Quoting.identifier(name);
    }

    /** For a table that holds it with nothing attached to it. */
    String definition() {
      return quoted() + " " + type + collation.map(c -> " COLLATE " + c).orElse("");
    }
  }

  /** As SQL takes it. */
  String quoted() {
    return Quoting.qualified(schema, name);
  }

  /** As SQL takes it to read the rows that are in it, not those of what inherits from it. */
  String rows() {
    return (partitioned ? "" : "ONLY ") + quoted();
  }

  /** The table of that name; empty if there is none. */
  static Optional<TableShape> find(PostgresSession session, String schema, String name) {
    return session.first(
        """
        SELECT c.oid::bigint, c.relkind = 'p',
               coalesce((SELECT i.indimmediate FROM pg_index i
                         WHERE i.indrelid = c.oid AND i.indisprimary), false)
               AND NOT EXISTS (SELECT FROM pg_rewrite r
                               WHERE r.ev_class = c.oid AND r.ev_type IN ('2', '3'))
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
        """,
        row ->
            new TableShape(
                row.getLong(1),
                schema,
                name,
                row.getBoolean(2),
                columns(session, row.getLong(1)),
                key(session, row.getLong(1)),
                row.getBoolean(3)),
        schema,
        name);
  }

  private static List<Column> columns(PostgresSession session, long oid) {
    return session.list(
        """
        SELECT a.attname, format_type(a.atttypid, a.atttypmod),
               CASE WHEN a.attcollation <> t.typcollation
                    THEN format('%I.%I', n.nspname, c.collname) END,
               a.attgenerated <> '', a.attidentity = 'a'
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_collation c ON c.oid = a.attcollation
        LEFT JOIN pg_namespace n ON n.oid = c.collnamespace
        WHERE a.attrelid = ?::bigint::oid AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """,
        row ->
            new Column(
                row.getString(1),
                row.getString(2),
                Optional.ofNullable(row.getString(3)),
                row.getBoolean(4),
                row.getBoolean(5)),
        oid);
  }

  private static List<String> key(PostgresSession session, long oid) {
    return session.texts(
        """
        SELECT a.attname FROM pg_index i
        CROSS JOIN unnest(i.indkey::smallint[]) WITH ORDINALITY AS k(attnum, place)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE i.indrelid = ?::bigint::oid AND i.indisprimary AND k.place <= i.indnkeyatts
        ORDER BY k.place
        """,
        oid);
  }
}
