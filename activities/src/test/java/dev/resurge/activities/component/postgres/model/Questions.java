package dev.resurge.activities.component.postgres.model;

import java.util.HashMap;
import java.util.Map;

/** All queries of the driver that the model answers, each by its whole text. */
final class Questions {
  static final Map<String, Question> ALL = all();

  private Questions() {}

  private static Map<String, Question> all() {
    var written = new HashMap<String, Question>();
    ServerQuestions.addTo(written);
    SessionQuestions.addTo(written);
    DatabaseQuestions.addTo(written);
    ContentQuestions.addTo(written);
    FactQuestions.addTo(written);
    var normal = new HashMap<String, Question>();
    written.forEach((sql, question) -> normal.put(Interpreter.normal(sql), question));
    return Map.copyOf(normal);
  }
}
