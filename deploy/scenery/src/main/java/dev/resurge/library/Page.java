package dev.resurge.library;

import java.util.Map;
import java.util.stream.Collectors;

/** The one page that people see. */
final class Page {
  private Page() {}

  static String of(Map<String, Long> stats, Map<String, Long> authors) {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>The document library</title><style>
      body { font: 18px/1.6 system-ui, sans-serif; max-width: 36em; margin: 3em auto; color: #222 }
      dl { display: grid; grid-template-columns: max-content auto; gap: 0 2em }
      dd { margin: 0; font-variant-numeric: tabular-nums }
    </style></head><body>
    <h1>The document library</h1>
    <dl>%s</dl>
    <h2>Busiest authors</h2>
    <ol>%s</ol>
    </body></html>
    """
        .formatted(
            lines(stats, "<dt>%s</dt><dd>%,d</dd>"), lines(authors, "<li>%s: %,d documents</li>"));
  }

  private static String lines(Map<String, Long> values, String form) {
    return values.entrySet().stream()
        .map(entry -> form.formatted(escape(entry.getKey()), entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
