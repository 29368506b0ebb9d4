package dev.resurge.worker.page;

import dev.resurge.activities.evidence.Templates;
import dev.resurge.workflows.model.Json;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * One kind of page: one document that loads nothing from elsewhere. Its only style is the one whose
 * digest the browser is told; it runs nothing, unless the worker itself serves the script.
 */
public final class Sheet {
  private static final String LOOK = "dev/resurge/worker/page/page.css";
  private static final String REPORT = "dev/resurge/activities/evidence/report.css";

  private final Templates template;
  private final String css;
  private final String policy;

  private Sheet(Templates template, String css, String also) {
    this.template = template;
    this.css = css;
    this.policy = policy(css) + also;
  }

  /** A page with forms that are sent to the worker, and without any script. */
  public static Sheet withForms(String folder, String template) {
    return new Sheet(Templates.html(folder, template), look(), "; form-action 'self'");
  }

  /**
   * A page without forms, whose script, served by the worker, may ask the worker.
   *
   * @param style a file of the class path that comes after the style of all pages
   */
  public static Sheet live(String folder, String template, String style) {
    return new Sheet(
        Templates.html(folder, template),
        look() + text(style),
        "; script-src 'self'; connect-src 'self'; form-action 'none'");
  }

  private static String look() {
    return text(REPORT) + text(LOOK);
  }

  /** What a browser is told of a document that may have that style, and nothing else. */
  public static String policy(String css) {
    var digest = HexFormat.of().parseHex(Json.sha256(css));
    return "default-src 'none'; style-src 'sha256-"
        + Base64.getEncoder().encodeToString(digest)
        + "'; base-uri 'none'; frame-ancestors 'none'";
  }

  /** A file of the class path. */
  public static String text(String resource) {
    try (var in = Sheet.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no " + resource + " in the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page. */
  public MutableHttpResponse<String> page(HttpStatus status, Map<String, Object> values) {
    return HttpResponse.<String>status(status)
        .contentType(MediaType.TEXT_HTML_TYPE)
        .header("Content-Security-Policy", policy)
        .body(text(values));
  }

  /** The page's text. */
  public String text(Map<String, Object> values) {
    var all = new HashMap<>(values);
    all.put("css", css);
    return template.render(all);
  }
}
