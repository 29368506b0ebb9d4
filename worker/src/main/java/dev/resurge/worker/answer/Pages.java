package dev.resurge.worker.answer;

import dev.resurge.activities.evidence.Templates;
import dev.resurge.workflows.model.Json;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * Writes pages: one document each, that loads nothing and runs nothing. Its only style is the one
 * whose digest the browser is told.
 */
@Singleton
class Pages {
  private static final String FOLDER = "dev/resurge/worker/answer";

  private final Templates template = Templates.html(FOLDER, "page.html.peb");
  private final String css;
  private final String policy;

  Pages() {
    css = text("dev/resurge/activities/evidence/report.css") + text(FOLDER + "/page.css");
    var digest = HexFormat.of().parseHex(Json.sha256(css));
    policy =
        "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(digest)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  }

  private static String text(String resource) {
    try (var in = Pages.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no " + resource + " in the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MutableHttpResponse<String> page(HttpStatus status, PageView view) {
    return HttpResponse.<String>status(status)
        .contentType(MediaType.TEXT_HTML_TYPE)
        .header("Content-Security-Policy", policy)
        .body(template.render(Map.of("page", view, "css", css)));
  }

  MutableHttpResponse<String> refusal(Refusal refusal) {
    return page(refusal.status(), Views.refused(refusal));
  }
}
