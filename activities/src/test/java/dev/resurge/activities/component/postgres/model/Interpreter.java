package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Recognises the statements that the driver sends, and no others. */
final class Interpreter {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Map<String, String> NORMAL = new ConcurrentHashMap<>();

  private Interpreter() {}

  static Answer run(ModelSession session, String sql, List<Object> values) throws SQLException {
    var text = sql.strip();
    if (TransactionStatements.run(session, text)) {
      return Answer.DONE;
    }
    session.checkUsable();
    var question = Questions.ALL.get(normal(text));
    if (question != null) {
      return question.answer(session, values);
    }
    var counted = Counting.answer(session, text);
    if (counted.isPresent()) {
      return counted.get();
    }
    if (Inserting.run(session, text) || CatalogStatements.run(session, text)) {
      return Answer.DONE;
    }
    throw Failures.unknown(sql);
  }

  /** With single spaces, for queries only: a statement may have spaces in its values. */
  static String normal(String sql) {
    return sql.startsWith("SELECT") || sql.startsWith("WITH")
        ? NORMAL.computeIfAbsent(sql, s -> SPACES.matcher(s.strip()).replaceAll(" "))
        : sql;
  }
}
