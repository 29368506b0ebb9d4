package dev.resurge.activities.component.postgres.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names and values as SQL writes them. */
final class SqlText {
  /** A name, for a pattern: one group. */
  static final String NAME = "(\"(?:[^\"]|\"\")+\"|[A-Za-z_]\\w*)";

  /** A text, for a pattern: one group. */
  static final String LITERAL = "(E?'(?:[^']|'')*')";

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private SqlText() {}

  /** What a name stands for. */
  static String name(String written) {
    return written.startsWith("\"")
        ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
        : written.toLowerCase(Locale.ROOT);
  }

  /** A grantee: a role, or everybody. */
  static String grantee(String written) {
    return written.equals("PUBLIC") ? Grants.PUBLIC : name(written);
  }

  /** What a literal stands for; other words stand for themselves. */
  static String value(String written) {
    if (written.startsWith("E'")) {
      return value(written.substring(1)).replace("\\\\", "\\");
    }
    return written.startsWith("'")
        ? written.substring(1, written.length() - 1).replace("''", "'")
        : written;
  }

  /** {@code "public"."note"} as {@code public.note}. */
  static String table(String schema, String name) {
    return name(schema) + "." + name(name);
  }

  static String identifierIfNeeded(String name) {
    return PLAIN.matcher(name).matches() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
