package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.resurge.workflows.model.ByteSize;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may stand at one place of a runbook, read from the records. The records are the only source:
 * a new field or a new kind of component is checked, and documented, as soon as it is declared.
 */
sealed interface Shape {
  record Text(Form form) implements Shape {}

  record Whole(double least, double most) implements Shape {}

  record Decimal(double least, double most) implements Shape {}

  record Flag() implements Shape {}

  record Time() implements Shape {}

  record Size() implements Shape {}

  record Choice(List<String> words) implements Shape {}

  record Items(Shape item) implements Shape {}

  /** A reference to a secret; its fields are {@link SecretRef}'s. */
  record Secret(Fields fields) implements Shape {}

  /** A record; declared as required or not, and with what comes of none or two of some fields. */
  record Fields(Class<?> type, List<Field> fields, Optional<ExactlyOneOf> choice) implements Shape {
    List<String> names() {
      return fields.stream().map(Field::name).toList();
    }
  }

  /** A sealed interface; its field {@code type} says which record it is. */
  record Variants(Class<?> type, Map<String, Fields> byType) implements Shape {}

  /**
   * A field of a record.
   *
   * @param filled a list that must not be empty
   */
  record Field(String name, Shape shape, boolean required, boolean filled, String description) {}

  /** The shape of a record's text. */
  static Fields of(Class<?> type) {
    var choice = Optional.ofNullable(type.getAnnotation(ExactlyOneOf.class));
    var fields =
        Arrays.stream(type.getRecordComponents())
            .map(component -> field(type, component, choice))
            .toList();
    return new Fields(type, fields, choice);
  }

  private static Field field(
      Class<?> type, RecordComponent component, Optional<ExactlyOneOf> choice) {
    var declared = declared(type, component.getName());
    var property = declared.getAnnotation(JsonProperty.class);
    var description = declared.getAnnotation(JsonPropertyDescription.class);
    var required = property != null && property.required();
    var chosen =
        choice.filter(c -> Arrays.asList(c.value()).contains(component.getName())).isPresent();
    return new Field(
        component.getName(),
        shape(component.getGenericType(), declared),
        required,
        required || chosen,
        description == null ? "" : description.value());
  }

  private static java.lang.reflect.Field declared(Class<?> type, String name) {
    try {
      return type.getDeclaredField(name);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("every record component has a field", e);
    }
  }

  private static Shape shape(Type type, java.lang.reflect.Field declared) {
    if (type instanceof ParameterizedType generic) {
      var inner = shape(generic.getActualTypeArguments()[0], declared);
      return generic.getRawType() == List.class ? new Items(inner) : inner;
    }
    var plain = (Class<?>) type;
    if (plain == String.class) {
      var written = declared.getAnnotation(Written.class);
      return new Text(written == null ? Form.TEXT : written.value());
    }
    if (plain == int.class || plain == Integer.class) {
      var range = declared.getAnnotation(Between.class);
      return new Whole(range.least(), range.most());
    }
    if (plain == Double.class) {
      var range = declared.getAnnotation(Between.class);
      return new Decimal(range.least(), range.most());
    }
    return plain == Boolean.class || plain == boolean.class ? new Flag() : named(plain);
  }

  private static Shape named(Class<?> type) {
    if (type == Duration.class) {
      return new Time();
    }
    if (type == ByteSize.class) {
      return new Size();
    }
    if (type == SecretRef.class) {
      return new Secret(of(type));
    }
    if (type.isEnum()) {
      return new Choice(words(type));
    }
    return type.isRecord() ? of(type) : variants(type);
  }

  /** The shape of a sealed interface's text. */
  static Variants variants(Class<?> type) {
    var byType = new LinkedHashMap<String, Fields>();
    for (var variant : type.getAnnotation(JsonSubTypes.class).value()) {
      byType.put(variant.name(), of(variant.value()));
    }
    return new Variants(type, byType);
  }

  /** The words of an enum as the runbook writes them. */
  private static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> declared(type, ((Enum<?>) constant).name()))
        .map(constant -> constant.getAnnotation(JsonProperty.class).value())
        .toList();
  }
}
