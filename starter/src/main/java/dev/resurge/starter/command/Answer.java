package dev.resurge.starter.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command comes to, for people and for scripts.
 *
 * @param exitCode 0 if all is well; else of the table of errors, of the verdicts, or {@link
 *     #WAITING}
 * @param lines for people
 * @param json one object for {@code --output json}
 */
public record Answer(int exitCode, List<String> lines, Map<String, Object> json) {
  /** The run goes on and waits for a person; this command was told to leave it. */
  public static final int WAITING = 9;

  public Answer {
    lines = List.copyOf(lines);
  }

  /** All is well. */
  public static Answer ok(List<String> lines, Map<String, Object> json) {
    return new Answer(0, lines, json);
  }

  /** The object in one line, which is the last on stdout. */
  public String jsonText() {
    try {
      return Json.mapper().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new ResurgeException(
          ErrorType.INTERNAL, "writing the answer as JSON: " + e.getMessage(), e);
    }
  }

  /** A JSON object's fields in the order given: name, value, name, value. */
  public static Map<String, Object> fields(Object... namesAndValues) {
    var fields = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return fields;
  }
}
