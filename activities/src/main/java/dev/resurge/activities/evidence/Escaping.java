package dev.resurge.activities.evidence;

import java.util.regex.Pattern;
import org.unbescape.html.HtmlEscape;
import org.unbescape.html.HtmlEscapeLevel;
import org.unbescape.html.HtmlEscapeType;

/** Makes other people's text harmless in a report, and still readable. */
final class Escaping {
  /** Control characters, and those that turn the direction of text: both can hide what is said. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Cc}&&[^\n\t]]|[\\u202A-\\u202E\\u2066-\\u2069\\u200E\\u200F]");

  /** What CommonMark and its tables would take for markup, wherever it stands. */
  private static final Pattern MARKUP = Pattern.compile("[\\\\`*\\[\\]<>|~&]");

  /** Underscores and hashes are markup only at the edge of a word. */
  private static final Pattern EDGE =
      Pattern.compile("(?<![\\p{L}\\p{N}])[_#]|_(?![\\p{L}\\p{N}])");

  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

  private Escaping() {}

  /** For HTML text and quoted attributes. */
  static String html(String text) {
    return HtmlEscape.escapeHtml(
        visible(text),
        HtmlEscapeType.HTML4_NAMED_REFERENCES_DEFAULT_TO_DECIMAL,
        HtmlEscapeLevel.LEVEL_1_ONLY_MARKUP_SIGNIFICANT);
  }

  /** For Markdown text and table cells; an end of line becomes a line break in the cell. */
  static String markdown(String text) {
    var escaped = MARKUP.matcher(visible(text).strip()).replaceAll("\\\\$0");
    return LINE_END.matcher(EDGE.matcher(escaped).replaceAll("\\\\$0")).replaceAll("<br>");
  }

  /** Text whose control characters can neither hide nor reorder what is said. */
  static String visible(String text) {
    return INVISIBLE.matcher(text.replace("\r\n", "\n")).replaceAll("\uFFFD");
  }
}
