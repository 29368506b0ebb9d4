package dev.resurge.activities.evidence;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.escaper.EscapingStrategy;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;

/**
 * A report's template, compiled. Every value goes through the escaping of its kind of file, because
 * names, messages and outputs of programs are other people's text. What is missing is an error, not
 * an empty place.
 */
final class Templates {
  private static final String ESCAPING = "report";
  private final PebbleTemplate template;

  /**
   * @param trimLines whether the end of line after a tag belongs to the tag: right for HTML, which
   *     does not mind; wrong for Markdown, where every line counts
   */
  Templates(String name, EscapingStrategy escaping, boolean trimLines) {
    var loader = new ClasspathLoader(Templates.class.getClassLoader());
    loader.setPrefix("dev/resurge/activities/evidence");
    loader.setCharset("UTF-8");
    this.template =
        new PebbleEngine.Builder()
            .loader(loader)
            .strictVariables(true)
            .defaultLocale(Locale.ROOT)
            .newLineTrimming(trimLines)
            .autoEscaping(true)
            .addEscapingStrategy(ESCAPING, escaping)
            .defaultEscapingStrategy(ESCAPING)
            .cacheActive(false)
            .build()
            .getTemplate(name);
  }

  String render(ReportView view) {
    var out = new StringWriter();
    try {
      template.evaluate(out, Map.of("report", view), Locale.ROOT);
    } catch (IOException | PebbleException e) {
      throw new ResurgeException(
          ErrorType.INTERNAL,
          "Rendering " + template.getName() + " for run " + view.heading().run() + ": " + e,
          e);
    }
    return out.toString();
  }
}
