package dev.resurge.starter.view;

import java.util.ArrayList;
import java.util.List;

/** Text in columns, as wide as what they hold. */
public final class Columns {
  private static final String GAP = "  ";

  private Columns() {}

  /**
   * Aligns rows under a heading. Cells hold no colours; the last column is not padded.
   *
   * @param heading one cell per column
   */
  public static List<String> table(List<String> heading, List<List<String>> rows) {
    var all = new ArrayList<List<String>>();
    all.add(heading);
    all.addAll(rows);
    return align(all);
  }

  /** Aligns rows without a heading. */
  public static List<String> align(List<List<String>> rows) {
    var widths = new ArrayList<Integer>();
    for (var row : rows) {
      for (int column = 0; column < row.size(); column++) {
        var width = row.get(column).length();
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(widths.get(column), width));
        }
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    var line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(column == 0 ? "" : GAP).append(pad(row.get(column), widths.get(column)));
    }
    return line.toString().stripTrailing();
  }

  /** Text with spaces after it up to a width. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** Text cut to a width, with an ellipsis where something is missing. */
  public static String cut(String text, int width) {
    var line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…";
  }

  /**
   * Text broken at spaces into lines of at most that width; a longer word stays whole, and lines
   * that it has stay lines.
   */
  public static List<String> wrap(String text, int width) {
    return text.strip().lines().flatMap(line -> wrapLine(line, width).stream()).toList();
  }

  private static List<String> wrapLine(String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.strip().split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return List.copyOf(lines);
  }
}
