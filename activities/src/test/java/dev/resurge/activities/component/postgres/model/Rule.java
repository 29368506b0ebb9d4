package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form of statement and what it does. */
record Rule(Pattern form, Effect effect) {
  /** What a statement does. */
  @FunctionalInterface
  interface Effect {
    void apply(ModelSession session, Matcher words) throws SQLException;
  }

  /**
   * @param form a pattern in which {@code <name>} and {@code <text>} each stand for one group
   */
  static Rule of(String form, Effect effect) {
    var pattern = form.replace("<name>", SqlText.NAME).replace("<text>", SqlText.LITERAL);
    return new Rule(Pattern.compile(pattern, Pattern.DOTALL), effect);
  }

  /** Runs the first rule that fits; whether one did. */
  static boolean first(List<Rule> rules, ModelSession session, String sql) throws SQLException {
    for (var rule : rules) {
      var words = rule.form().matcher(sql);
      if (words.matches()) {
        rule.effect().apply(session, words);
        return true;
      }
    }
    return false;
  }
}
