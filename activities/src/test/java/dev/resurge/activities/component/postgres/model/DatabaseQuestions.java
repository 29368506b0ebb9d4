package dev.resurge.activities.component.postgres.model;

import dev.resurge.activities.component.postgres.model.ModelDatabase.Setting;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the driver asks about databases by their names or numbers. */
final class DatabaseQuestions {
  private static final String ENTRIES =
      """
      SELECT (SELECT system_identifier FROM pg_control_system()), d.oid::bigint, d.datname,
             pg_get_userbyid(d.datdba), d.datallowconn, s.setconfig
      FROM pg_database d
      LEFT JOIN pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0
      """;

  private DatabaseQuestions() {}

  static void addTo(Map<String, Question> all) {
    all.put(
        ENTRIES + "ORDER BY d.datname",
        (session, values) -> entries(session, session.catalog().byName()));
    all.put(
        ENTRIES + "WHERE d.datname = ?",
        (session, values) -> entries(session, named(session, values).stream().toList()));
    all.put("SELECT pg_database_size(?::bigint::oid)", DatabaseQuestions::size);
    all.put(
        "SELECT pg_database_size(current_database())",
        (session, values) -> Answer.row(session.contents().bytes()));
    all.put(
        """
        SELECT pg_get_userbyid(d.datdba), d.datconnlimit, d.datistemplate,
               shobj_description(d.oid, 'pg_database')
        FROM pg_database d WHERE d.datname = ?
        """,
        of(4, DatabaseQuestions::state));
    all.put(
        """
        SELECT CASE WHEN a.grantee = 0 THEN '' ELSE pg_get_userbyid(a.grantee) END,
               pg_get_userbyid(a.grantor), a.privilege_type, a.is_grantable
        FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
        WHERE d.datname = ?
        """,
        of(4, DatabaseQuestions::grants));
    all.put(
        """
        SELECT r.rolname, setting
        FROM pg_database d
        JOIN pg_db_role_setting s ON s.setdatabase = d.oid
        LEFT JOIN pg_roles r ON r.oid = s.setrole
        CROSS JOIN unnest(s.setconfig) WITH ORDINALITY AS u(setting, place)
        WHERE d.datname = ? AND (s.setrole = 0 OR r.oid IS NOT NULL)
        ORDER BY r.rolname NULLS FIRST, u.place
        """,
        of(2, DatabaseQuestions::settings));
    all.put(
        """
        SELECT l.provider, l.label FROM pg_shseclabel l
        JOIN pg_database d ON l.classoid = 'pg_database'::regclass AND l.objoid = d.oid
        WHERE d.datname = ? ORDER BY 1
        """,
        (session, values) -> Answer.none(2));
  }

  /** Rows about the database named; none if there is none. */
  private static Question of(int columns, Function<ModelDatabase, List<Object[]>> rows) {
    return (session, values) ->
        Answer.of(columns, named(session, values).map(rows).orElse(List.of()));
  }

  private static Optional<ModelDatabase> named(ModelSession session, List<Object> values) {
    return session.catalog().find((String) values.getFirst());
  }

  private static Answer entries(ModelSession session, Collection<ModelDatabase> databases) {
    return Answer.of(6, databases.stream().map(d -> entry(session, d)).toList());
  }

  private static Object[] entry(ModelSession session, ModelDatabase database) {
    var settings =
        database.settings().stream()
            .filter(s -> s.role().isEmpty())
            .map(s -> s.name() + "=" + s.value())
            .toArray(String[]::new);
    return new Object[] {
      session.server().systemIdentifier(),
      database.oid(),
      database.name(),
      database.owner(),
      database.allowsConnections(),
      settings.length == 0 ? null : settings
    };
  }

  private static Answer size(ModelSession session, List<Object> values) {
    var oid = ((Number) values.getFirst()).longValue();
    return Answer.row(
        session.catalog().databases().containsKey(oid)
            ? session.server().state().of(oid).bytes()
            : null);
  }

  private static List<Object[]> state(ModelDatabase database) {
    return List.<Object[]>of(
        new Object[] {
          database.owner(),
          (long) database.connectionLimit(),
          database.template(),
          database.comment().orElse(null)
        });
  }

  private static List<Object[]> grants(ModelDatabase database) {
    return database.acl().all().stream()
        .map(g -> new Object[] {g.grantee(), g.grantor(), g.privilege(), g.grantable()})
        .toList();
  }

  private static List<Object[]> settings(ModelDatabase database) {
    return database.settings().stream()
        .sorted(Comparator.comparing((Setting s) -> s.role().orElse("")))
        .map(s -> new Object[] {s.role().orElse(null), s.name() + "=" + s.value()})
        .toList();
  }
}
