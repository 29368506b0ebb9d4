package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ComponentManifest;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The schema of the live database that tables are brought back to: plain tables of the same columns
 * with nothing attached, which only the database's owner and the admin can see. Its comment says
 * whose it is, and so do its tables'.
 */
final class SideSchema {
  private final PostgresSession session;
  private final String name;
  private final String mark;

  private SideSchema(PostgresSession session, String name, String mark) {
    this.session = session;
    this.name = name;
    this.mark = mark;
  }

  /**
   * Makes it, in a transaction of the caller's. What an earlier attempt of this run made is dropped
   * first: the tables that bear the run's mark, then the schema, which must be empty by then.
   */
  static SideSchema create(PostgresSession session, Attempt attempt, ComponentManifest manifest) {
    var mark = "resurge " + attempt.run().id() + " " + manifest.name() + ": ";
    session
        .texts(
            """
            SELECT nspname FROM pg_namespace
            WHERE starts_with(obj_description(oid, 'pg_namespace'), ?)
            """,
            mark)
        .forEach(earlier -> drop(session, earlier, mark));
    var taken = Set.copyOf(session.texts("SELECT nspname FROM pg_namespace"));
    var name = StagingNames.side(attempt.run().id(), taken);
    var schema = new SideSchema(session, name, mark);
    session.execute("CREATE SCHEMA " + schema.quoted() + " AUTHORIZATION " + schema.owner());
    schema.comment("SCHEMA " + schema.quoted(), "tables as of " + manifest.recoveryPoint());
    return schema;
  }

  private static void drop(PostgresSession session, String schema, String mark) {
    session
        .list(
            """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind = 'r'
              AND starts_with(obj_description(c.oid, 'pg_class'), ?)
            """,
            row -> Quoting.qualified(row.getString(1), row.getString(2)),
            schema,
            mark)
        .forEach(table -> session.execute("DROP TABLE " + table));
    session.execute("DROP SCHEMA " + Quoting.identifier(schema));
  }

  /** Makes an empty table with those columns. */
  void table(PartTable part, TableShape shape) {
    var table = table(part);
    session.execute(
        "CREATE TABLE "
            + table
            + " ("
            + shape.columns().stream()
                .map(TableShape.Column::definition)
                .collect(Collectors.joining(", "))
            + ")");
    session.execute("ALTER TABLE " + table + " OWNER TO " + owner());
    comment("TABLE " + table, part.displayed());
  }

  /** Takes away what default privileges gave to others. */
  void close() {
    session
        .list(
            """
            SELECT DISTINCT 'SCHEMA ' || format('%I', n.nspname), a.grantee::bigint,
                   pg_get_userbyid(a.grantee)
            FROM pg_namespace n CROSS JOIN aclexplode(n.nspacl) a
            WHERE n.nspname = ? AND a.grantee <> n.nspowner
            UNION ALL
            SELECT DISTINCT 'TABLE ' || format('%I.%I', n.nspname, c.relname), a.grantee::bigint,
                   pg_get_userbyid(a.grantee)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN aclexplode(c.relacl) a
            WHERE n.nspname = ? AND c.relkind = 'r' AND a.grantee <> c.relowner
            """,
            row ->
                "REVOKE ALL ON "
                    + row.getString(1)
                    + " FROM "
                    + DatabaseAcl.role(row.getLong(2) == 0 ? DatabaseAcl.PUBLIC : row.getString(3))
                    + " CASCADE",
            name,
            name)
        .forEach(session::execute);
  }

  String name() {
    return name;
  }

  String quoted() {
    return Quoting.identifier(name);
  }

  /** One of its tables, as SQL takes it. */
  String table(PartTable part) {
    return Quoting.qualified(name, part.sideName());
  }

  private void comment(String what, String words) {
    session.execute("COMMENT ON " + what + " IS " + Quoting.literal(mark + words));
  }

  private String owner() {
    return Quoting.identifier(
        session.one(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()",
            row -> row.getString(1)));
  }
}
