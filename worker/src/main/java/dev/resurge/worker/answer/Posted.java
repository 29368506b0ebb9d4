package dev.resurge.worker.answer;

import dev.resurge.worker.page.Refusal;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a form that was sent. A field that is there twice makes the form malformed. */
record Posted(Map<String, List<String>> fields) {
  private static final int MOST_FIELDS = 16;

  static Posted of(String body) {
    try {
      return new Posted(
          new QueryStringDecoder(body, java.nio.charset.StandardCharsets.UTF_8, false, MOST_FIELDS)
              .parameters());
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("It is no form of this page.");
    }
  }

  Optional<String> get(String name) {
    var values = fields.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Refusal.malformed("A field was sent twice.");
    }
    return values.stream().findFirst();
  }

  String answer() {
    return get("answer").orElseThrow(() -> Refusal.malformed("No answer was chosen."));
  }
}
