package dev.resurge.worker.page;

import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.Map;

/** A page that says only why there is none. */
@Singleton
public class RefusalPage {
  private final Sheet sheet = Sheet.withForms("dev/resurge/worker/page", "refusal.html.peb");

  /** The page with the refusal's status. */
  public MutableHttpResponse<String> of(Refusal refusal) {
    return sheet.page(
        refusal.status(), Map.of("title", refusal.title(), "advice", refusal.advice()));
  }
}
