package dev.resurge.workflows.runbook;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigPart;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The runbook's JSON schema, made from the records: what editors complete and check while one
 * writes. Rules across fields are not in it; {@link RunbookParser} has them all.
 */
public final class RunbookSchema {
  /** Where the schema calls itself from. */
  public static final String ID = "https://resurge.dev/schemas/runbook-v1.json";

  private static final String DURATION =
      "^(?:(?=\\d)(?:\\d+d)?(?:\\d+h)?(?:\\d+m)?(?:\\d+s)?(?:\\d+ms)?|P.+)$";
  private static final String SIZE = "^\\d+(?:\\.\\d+)?\\s*(?:B|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$";

  private RunbookSchema() {}

  /**
   * The schema as indented JSON, ending with a newline; the same every time. Draft 7, because that
   * is what the YAML language server completes from.
   */
  public static String generate() {
    var config =
        new SchemaGeneratorConfigBuilder(
                Json.mapper().copy(), SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
            .with(
                new JacksonModule(
                    JacksonOption.RESPECT_JSONPROPERTY_REQUIRED,
                    JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                    JacksonOption.SKIP_SUBTYPE_LOOKUP,
                    JacksonOption.IGNORE_TYPE_INFO_TRANSFORM))
            .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.INLINE_ALL_SCHEMAS)
            // it would allow null wherever a field is optional; here a field is left out instead
            .without(Option.FLATTENED_OPTIONALS);
    fields(config.forFields());
    config
        .forTypesInGeneral()
        .withPropertySorter((_, _) -> 0) // as declared
        .withCustomDefinitionProvider(RunbookSchema::definition)
        .withTypeAttributeOverride((node, scope, context) -> choice(node, scope));
    var schema = new SchemaGenerator(config.build()).generateSchema(Runbook.class);
    schema.put("$id", ID);
    schema.put("title", "Resurge runbook");
    return new String(Json.pretty(schema), StandardCharsets.UTF_8);
  }

  private static void fields(SchemaGeneratorConfigPart<FieldScope> fields) {
    fields
        .withTargetTypeOverridesResolver(RunbookSchema::withoutOptional)
        .withEnumResolver(field -> form(field).flatMap(Form::constant).map(List::of).orElse(null))
        .withStringPatternResolver(field ->
            form(field)
                .filter(form -> form.constant().isEmpty())
                .flatMap(Form::pattern)
                .map(pattern -> "^" + pattern + "$")
                .orElse(null))
        .withStringMinLengthResolver(
            field -> form(field).filter(form -> form != Form.ARGUMENT).map(form -> 1).orElse(null))
        .withArrayMinItemsResolver(field ->
            field.getType().isInstanceOf(List.class) && declared(field).filled() ? 1 : null)
        .withNumberInclusiveMinimumResolver(field -> range(field, Between::least))
        .withNumberInclusiveMaximumResolver(field -> range(field, Between::most));
  }

  private static Shape.Field declared(FieldScope field) {
    return Shape.of(field.getDeclaringType().getErasedType()).fields().stream()
        .filter(candidate -> candidate.name().equals(field.getDeclaredName()))
        .findFirst()
        .orElseThrow();
  }

  /** The form of a text or of a list's texts. */
  private static Optional<Form> form(FieldScope field) {
    if (!field.getType().isInstanceOf(String.class)) {
      return Optional.empty();
    }
    var shape = declared(field).shape();
    var item = shape instanceof Shape.Items(Shape inner) ? inner : shape;
    return item instanceof Shape.Text(Form form) ? Optional.of(form) : Optional.empty();
  }

  private static BigDecimal range(FieldScope field, ToDoubleFunction<Between> end) {
    var between = field.getRawMember().getAnnotation(Between.class);
    return between == null ? null : new BigDecimal(Numbers.plain(end.applyAsDouble(between)));
  }

  private static void choice(ObjectNode node, TypeScope scope) {
    var choice = scope.getType().getErasedType().getAnnotation(ExactlyOneOf.class);
    if (choice != null) {
      var oneOf = node.putArray("oneOf");
      for (var name : choice.value()) {
        oneOf.addObject().putArray("required").add(name);
      }
    }
  }

  private static List<ResolvedType> withoutOptional(FieldScope field) {
    return field.getType() != null && field.getType().isInstanceOf(Optional.class)
        ? field.getType().typeParametersFor(Optional.class)
        : null;
  }

  private static CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
    var node = context.getGeneratorConfig().createObjectNode();
    if (type.isInstanceOf(Duration.class)) {
      node.put("type", "string").put("pattern", DURATION);
      return asItIs(node);
    }
    if (type.isInstanceOf(ByteSize.class)) {
      node.put("type", "string").put("pattern", SIZE);
      return asItIs(node);
    }
    var variants = type.getErasedType().getAnnotation(JsonSubTypes.class);
    if (variants == null || !type.isInterface()) {
      return null;
    }
    var oneOf = node.putArray("oneOf");
    for (var variant : variants.value()) {
      oneOf.add(variant(context, variant));
    }
    return asItIs(node);
  }

  private static CustomDefinition asItIs(ObjectNode node) {
    return new CustomDefinition(
        node, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.NO);
  }

  /** A record of a sealed interface, with its {@code type}. */
  private static JsonNode variant(SchemaGenerationContext context, JsonSubTypes.Type variant) {
    var type = context.getTypeContext().resolve(variant.value());
    var schema = context.createDefinition(type);
    var properties = schema.withObjectProperty("properties");
    var all = schema.objectNode();
    all.putObject("type").put("const", variant.name());
    all.setAll(properties.deepCopy());
    schema.set("properties", all);
    var required = schema.arrayNode().add("type");
    Optional.ofNullable((ArrayNode) schema.get("required")).ifPresent(required::addAll);
    schema.set("required", required);
    return schema;
  }
}
