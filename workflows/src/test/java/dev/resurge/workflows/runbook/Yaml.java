package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resurge.workflows.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML as another reader than ours reads it. */
final class Yaml {
  private Yaml() {}

  static JsonNode json(String yaml) {
    var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    return Json.mapper().valueToTree(new Load(settings).loadFromString(yaml));
  }

  static <T> T resource(String name, TypeReference<T> type) {
    try {
      return Json.mapper()
          .readerFor(type)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(json(RunbookFiles.resource(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
