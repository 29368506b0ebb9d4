package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What begins and ends transactions and sets what is the session's own. */
final class TransactionStatements {
  private static final Pattern LOCKED =
      Pattern.compile("ONLY <name>\\.<name>".replace("<name>", SqlText.NAME));

  private static final List<Rule> ENDING =
      List.of(
          Rule.of("COMMIT", (session, words) -> session.commit()),
          Rule.of("ROLLBACK", (session, words) -> session.end()));

  private static final List<Rule> OTHERS =
      List.of(
          Rule.of("BEGIN(.*)", (session, words) -> session.begin(words.group(1))),
          Rule.of("SET (LOCAL )?(\\w+) = (.+)", TransactionStatements::set),
          Rule.of(
              "SET ROLE <name>", (session, words) -> session.role(SqlText.name(words.group(1)))),
          Rule.of("RESET ROLE", (session, words) -> session.role(session.user())),
          Rule.of("LOCK TABLE (.+) IN ACCESS SHARE MODE", TransactionStatements::lock));

  private TransactionStatements() {}

  static boolean run(ModelSession session, String sql) throws SQLException {
    if (Rule.first(ENDING, session, sql)) {
      return true;
    }
    session.checkUsable();
    return Rule.first(OTHERS, session, sql);
  }

  private static void set(ModelSession session, Matcher words) throws SQLException {
    switch (words.group(2)) {
      case "lock_timeout" ->
          session.parameters().lockTimeout(SqlText.value(words.group(3)), words.group(1) != null);
      case "statement_timeout", "synchronous_commit" -> {
        // nothing takes long here, and all of it is durable
      }
      default -> throw Failures.unknown(words.group());
    }
  }

  /** Nothing here alters tables under a capture; what is not there cannot be locked. */
  private static void lock(ModelSession session, Matcher words) throws SQLException {
    var there = session.server().state().of(session.database());
    var names = LOCKED.matcher(words.group(1));
    while (names.find()) {
      var table = SqlText.table(names.group(1), names.group(2));
      if (there.table(table).isEmpty()) {
        throw Failures.noTable(table);
      }
    }
  }
}
