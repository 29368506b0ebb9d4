package dev.resurge.activities.component.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a comma-separated list of names as the server stores {@code search_path} and its like: a
 * name may be double-quoted, with quotes in it doubled ({@code SplitGUCList} in the server's
 * source).
 */
final class QuotedList {
  private QuotedList() {}

  /** The names, unquoted. */
  static List<String> split(String value) {
    var names = new ArrayList<String>();
    var name = new StringBuilder();
    boolean quoted = false;
    boolean any = false;
    for (int n = 0; n < value.length(); n++) {
      char c = value.charAt(n);
      if (c == '"' && quoted && n + 1 < value.length() && value.charAt(n + 1) == '"') {
        name.append('"');
        n++;
      } else if (c == '"') {
        quoted = !quoted;
        any = true;
      } else if (c == ',' && !quoted) {
        names.add(name.toString());
        name.setLength(0);
        any = false;
      } else if (quoted || !Character.isWhitespace(c)) {
        name.append(c);
        any = true;
      }
    }
    if (any) {
      names.add(name.toString());
    }
    return List.copyOf(names);
  }
}
