package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code SELECT count(*)}, {@code max} and {@code min} of one table: the driver's and runbooks'.
 */
final class Counting {
  private static final Pattern FORM =
      Pattern.compile(
          "(?i:select) (count|max|min)\\((\\*|\\w+)\\) (?i:from) (?:ONLY )?(?:<name>\\.)?<name>"
              .replace("<name>", SqlText.NAME));

  private Counting() {}

  /** Empty if it is no such query. */
  static Optional<Answer> answer(ModelSession session, String sql) throws SQLException {
    var words = FORM.matcher(sql);
    if (!words.matches()) {
      return Optional.empty();
    }
    var schema = Optional.ofNullable(words.group(3)).orElse("public");
    var name = SqlText.table(schema, words.group(4));
    var table = session.contents().table(name).orElseThrow(() -> Failures.noTable(name));
    if (words.group(1).equals("count")) {
      return Optional.of(Answer.row((long) table.rows().size()));
    }
    int column = table.columns().indexOf(words.group(2));
    if (column < 0) {
      throw Failures.error("42703", "column \"" + words.group(2) + "\" does not exist");
    }
    var values = table.rows().stream().map(row -> row.get(column)).sorted().toList();
    var at = words.group(1).equals("min") ? 0 : values.size() - 1;
    return Optional.of(Answer.row(values.isEmpty() ? null : values.get(at)));
  }
}
