package dev.resurge.starter.view;

import java.util.ArrayList;
import java.util.List;

/** Labelled values under each other, long ones wrapped under themselves. */
public final class Fields {
  private static final int LABEL = 12;
  private static final String MARGIN = "  ";

  private final int width;
  private final Style style;
  private final List<String> lines = new ArrayList<>();

  public Fields(int width, Style style) {
    this.width = width;
    this.style = style;
  }

  /** One value; nothing is written if it is empty. */
  public Fields add(String label, String value) {
    return value.isEmpty() ? this : add(label, List.of(value));
  }

  /** Several values under one label; nothing is written if there are none. */
  public Fields add(String label, List<String> values) {
    var shown = label;
    for (var value : values) {
      for (var line : Columns.wrap(value, Math.max(20, width - LABEL - MARGIN.length() - 1))) {
        lines.add(MARGIN + style.faint(Columns.pad(shown, LABEL)) + line);
        shown = "";
      }
    }
    return this;
  }

  /** Rows that are aligned among each other; they are not wrapped. */
  public Fields addRows(String label, List<List<String>> rows) {
    var shown = label;
    for (var line : Columns.align(rows)) {
      lines.add(MARGIN + style.faint(Columns.pad(shown, LABEL)) + line);
      shown = "";
    }
    return this;
  }

  /** What was written. */
  public List<String> lines() {
    return List.copyOf(lines);
  }
}
