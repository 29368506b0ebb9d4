package dev.resurge.worker.answer;

import dev.resurge.worker.page.Sheet;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Map;

/** Writes the pages about a run. */
@Singleton
class Pages {
  private final Sheet sheet = Sheet.withForms("dev/resurge/worker/answer", "page.html.peb");

  MutableHttpResponse<String> page(HttpStatus status, PageView view) {
    return sheet.page(status, Map.of("page", view));
  }
}
