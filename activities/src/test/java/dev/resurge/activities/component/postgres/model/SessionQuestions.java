package dev.resurge.activities.component.postgres.model;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the driver asks about sessions, and how it ends them. */
final class SessionQuestions {
  private static final String OF_DATABASE =
      """
      FROM pg_stat_activity a
      WHERE a.datid = ?::bigint::oid AND a.pid <> pg_backend_pid()
        AND a.usesysid IS NOT NULL
      """;

  private static final String OF_APPLICATION =
      """
      FROM pg_stat_activity a
      WHERE left(a.application_name, length(?)) = ? AND a.application_name <> ?
        AND a.pid <> pg_backend_pid()
      """;

  private static final String DESCRIBE =
      """
      SELECT format('process %s of %s (%s) from %s, %s', a.pid, coalesce(a.usename, 'the server'),
                    coalesce(nullif(a.application_name, ''), a.backend_type),
                    coalesce(host(a.client_addr), 'this host'), coalesce(a.state, 'state unknown'))
      """;

  private SessionQuestions() {}

  static void addTo(Map<String, Question> all) {
    all.put(
        "SELECT pg_terminate_backend(a.pid) " + OF_DATABASE,
        (session, values) -> terminate(session, inDatabase(values)));
    all.put(
        "SELECT pg_terminate_backend(a.pid) " + OF_APPLICATION,
        (session, values) -> terminate(session, ofApplication(values)));
    all.put(
        DESCRIBE + OF_DATABASE + " ORDER BY a.pid LIMIT 5",
        (session, values) -> describe(session, inDatabase(values)));
    all.put(
        DESCRIBE + OF_APPLICATION + " ORDER BY a.pid LIMIT 5",
        (session, values) -> describe(session, ofApplication(values)));
  }

  private static Predicate<ModelSession> inDatabase(List<Object> values) {
    var oid = ((Number) values.getFirst()).longValue();
    return s -> s.database() == oid;
  }

  private static Predicate<ModelSession> ofApplication(List<Object> values) {
    var prefix = (String) values.get(0);
    var own = (String) values.get(2);
    return s -> s.application().startsWith(prefix) && !s.application().equals(own);
  }

  private static List<ModelSession> others(ModelSession session, Predicate<ModelSession> which) {
    return session.server().all().stream().filter(s -> s != session).filter(which).toList();
  }

  private static Answer terminate(ModelSession session, Predicate<ModelSession> which) {
    var ended = others(session, which);
    ended.forEach(ModelSession::terminate);
    return Answer.of(1, ended.stream().map(s -> new Object[] {true}).toList());
  }

  private static Answer describe(ModelSession session, Predicate<ModelSession> which) {
    return Answer.texts(
        others(session, which).stream()
            .limit(5)
            .map(s ->
                "process %d of %s (%s) from this host, idle"
                    .formatted(s.pid(), s.user(), s.application()))
            .toList());
  }
}
