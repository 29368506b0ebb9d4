package dev.resurge.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The checks and the schema read the records in two ways; this holds the two together. */
class ShapeTest {

  @Test
  void everyFieldIsDescribed() {
    assertThat(fields(Shape.of(Runbook.class))).isNotEmpty();
    assertThat(fields(Shape.of(Runbook.class)))
        .allSatisfy(field -> assertThat(field.description()).as(field.name()).endsWith("."));
  }

  @Test
  void theSchemaHasTheSameFieldsAsTheChecks() throws Exception {
    var schema = new ObjectMapper().readTree(RunbookSchema.generate());
    var inSchema = new TreeSet<String>();
    names(schema, inSchema);
    var inShape = new TreeSet<String>();
    fields(Shape.of(Runbook.class)).forEach(field -> inShape.add(field.name()));
    inShape.add("type");

    assertThat(inSchema).isEqualTo(inShape);
  }

  @Test
  void theSchemaAcceptsTheLibrary() {
    assertThat(SchemaValidation.errors(RunbookFiles.library())).isEmpty();
  }

  private static void names(JsonNode schema, Set<String> names) {
    if (schema.has("properties")) {
      schema.get("properties").fieldNames().forEachRemaining(names::add);
      assertThat(schema.get("additionalProperties").asBoolean(true)).isFalse();
    }
    schema.forEach(child -> names(child, names));
  }

  private static List<Shape.Field> fields(Shape shape) {
    var found = new ArrayList<Shape.Field>();
    switch (shape) {
      case Shape.Fields fields ->
          fields
              .fields()
              .forEach(field -> {
                found.add(field);
                found.addAll(fields(field.shape()));
              });
      case Shape.Secret secret -> found.addAll(fields(secret.fields()));
      case Shape.Items items -> found.addAll(fields(items.item()));
      case Shape.Variants variants ->
          variants.byType().values().forEach(variant -> found.addAll(fields(variant)));
      default -> {}
    }
    return found;
  }
}
