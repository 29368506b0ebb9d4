package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;

/** One row of one column, outside a transaction: enough for applications in tests. */
final class Inserting {
  private static final List<Rule> RULES =
      List.of(Rule.of("INSERT INTO <name> VALUES \\(<text>\\)", Inserting::insert));

  private Inserting() {}

  static boolean run(ModelSession session, String sql) throws SQLException {
    return Rule.first(RULES, session, sql);
  }

  private static void insert(ModelSession session, Matcher words) throws SQLException {
    session.requireNoTransaction("the model's INSERT");
    session.append(SqlText.name(words.group(1)), SqlText.value(words.group(2)));
  }
}
