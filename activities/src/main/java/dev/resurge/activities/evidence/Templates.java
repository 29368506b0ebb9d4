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
 * A report's or page's template, compiled. Every value goes through the escaping of its kind of
 * file, because names, messages and outputs of programs are other people's text. What is missing is
 * an error, not an empty place.
 */
public final class Templates {
  private static final String FOLDER = "dev/resurge/activities/evidence";
  private static final String ESCAPING = "report";
  private final PebbleTemplate template;

  /**
   * @param trimLines whether the end of line after a tag belongs to the tag: right for HTML, which
   *     does not mind; wrong for Markdown, where every line counts
   */
  Templates(String name, EscapingStrategy escaping, boolean trimLines) {
    this(FOLDER, name, escaping, trimLines);
  }

  /**
   * An HTML page.
   *
   * @param folder of the class path, where what it includes is, too
   */
  public static Templates html(String folder, String name) {
    return new Templates(folder, name, Escaping::html, true);
  }

  private Templates(String folder, String name, EscapingStrategy escaping, boolean trimLines) {
    var loader = new ClasspathLoader(Templates.class.getClassLoader());
    loader.setPrefix(folder);
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
    return render(Map.of("report", view));
  }

  /**
   * The text.
   *
   * @throws ResurgeException {@code Internal} if the template names what is not there
   */
  public String render(Map<String, Object> values) {
    var out = new StringWriter();
    try {
      template.evaluate(out, values, Locale.ROOT);
    } catch (IOException | PebbleException e) {
      throw new ResurgeException(
          ErrorType.INTERNAL, "Rendering " + template.getName() + ": " + e, e);
    }
    return out.toString();
  }
}
