package dev.resurge.workflows.procedure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ProcedureInput;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.lang.reflect.Type;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Our JSON. What people type to start a procedure is read strictly: a field that is misspelt would
 * otherwise be a wish that nobody heard ({@code dryrun}). What is wrong ends the run at once, with
 * a right one to copy; any other failure to read it would be tried again for ever.
 */
final class InputConverter extends JacksonJsonPayloadConverter {
  private static final ObjectMapper STRICT =
      Json.mapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  InputConverter() {
    super(Json.mapper());
  }

  @Override
  public <T> T fromData(Payload content, Class<T> valueClass, Type valueType) {
    if (!ProcedureInput.class.isAssignableFrom(valueClass)) {
      return super.fromData(content, valueClass, valueType);
    }
    var procedure = valueClass.getSimpleName().replace("Input", "");
    try {
      var read = STRICT.treeToValue(tree(procedure, content), valueClass);
      require(procedure, (ProcedureInput) read);
      return read;
    } catch (UnrecognizedPropertyException e) {
      throw new WrongInput(
          procedure,
          "it has no field '%s', but %s"
              .formatted(
                  e.getPropertyName(),
                  new TreeSet<>(e.getKnownPropertyIds())
                      .stream().map(String::valueOf).collect(Collectors.joining(", "))));
    } catch (JsonProcessingException e) {
      throw new WrongInput(procedure, "what was given is none: " + e.getOriginalMessage());
    }
  }

  private JsonNode tree(String procedure, Payload content) {
    try {
      return super.fromData(content, JsonNode.class, JsonNode.class);
    } catch (DataConverterException e) {
      throw new WrongInput(procedure, "what was given is not JSON");
    }
  }

  /**
   * That it says which system it is about.
   *
   * @throws WrongInput if it does not
   */
  static ProcedureInput require(String procedure, ProcedureInput input) {
    if (input == null) {
      throw new WrongInput(procedure, "nothing was given");
    }
    if (input.runbook() == null || input.runbook().isBlank()) {
      throw new WrongInput(procedure, "'runbook', the system's name, is missing");
    }
    return input;
  }
}
