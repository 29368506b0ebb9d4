package dev.resurge.activities.component.postgres.model;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the driver asks about the server as a whole. */
final class ServerQuestions {
  private static final Set<String> TABLESPACES = Set.of("pg_default", "pg_global");

  private ServerQuestions() {}

  static void addTo(Map<String, Question> all) {
    all.put(
        "SELECT clock_timestamp()",
        (session, values) -> Answer.row(session.server().now().atOffset(ZoneOffset.UTC)));
    all.put("SELECT current_user", (session, values) -> Answer.row(session.role()));
    all.put("SELECT 1", (session, values) -> Answer.row(1L));
    all.put(
        """
        SELECT split_part(current_setting('server_version'), ' ', 1),
               current_setting('server_version_num')::int / 10000,
               r.rolsuper, r.rolcreatedb, pg_is_in_recovery()
        FROM pg_roles r WHERE r.rolname = current_user
        """,
        (session, values) -> server(session));
    all.put(
        "SELECT rolname FROM pg_roles",
        (session, values) -> Answer.texts(List.copyOf(session.catalog().roles().keySet())));
    tablespaces(all);
    bound(all);
    room(all);
  }

  private static Answer server(ModelSession session) {
    var role = session.catalog().roles().get(session.role());
    return Answer.row(
        ModelServer.VERSION,
        (long) ModelServer.MAJOR,
        role.is("SUPERUSER"),
        role.is("CREATEDB"),
        false);
  }

  private static void tablespaces(Map<String, Question> all) {
    all.put(
        "SELECT name FROM pg_available_extensions",
        (session, values) -> Answer.texts(List.of("plpgsql")));
    all.put(
        "SELECT spcname FROM pg_tablespace",
        (session, values) -> Answer.texts(List.copyOf(TABLESPACES)));
    all.put(
        "SELECT EXISTS (SELECT FROM pg_tablespace WHERE spcname = ?)",
        (session, values) -> Answer.row(TABLESPACES.contains((String) values.getFirst())));
    all.put(
        "SELECT count(*) FROM pg_tablespace WHERE spcname = ANY (?)",
        (session, values) ->
            Answer.row(
                List.of((String[]) values.getFirst()).stream()
                    .filter(TABLESPACES::contains)
                    .count()));
  }

  /** What hangs on a database itself: nothing here. */
  private static void bound(Map<String, Question> all) {
    all.put(
        "SELECT slot_name FROM pg_replication_slots WHERE database = ? ORDER BY 1",
        (session, values) -> Answer.none(1));
    all.put(
        """
        SELECT s.subname FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
        WHERE d.datname = ? ORDER BY 1
        """,
        (session, values) -> Answer.none(1));
    all.put(
        "SELECT gid FROM pg_prepared_xacts WHERE database = ? ORDER BY 1",
        (session, values) -> Answer.none(1));
  }

  /** It stands where temporary files do, on this machine. */
  private static void room(Map<String, Question> all) {
    all.put(
        """
        SELECT coalesce(nullif(pg_tablespace_location(d.dattablespace), ''), s.setting)
        FROM pg_database d LEFT JOIN pg_settings s ON s.name = 'data_directory'
        WHERE d.datname = current_database()
        """,
        (session, values) -> Answer.row(System.getProperty("java.io.tmpdir")));
    all.put("SELECT host(inet_server_addr())", (session, values) -> Answer.row((Object) null));
  }
}
