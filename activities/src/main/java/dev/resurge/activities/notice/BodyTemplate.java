package dev.resurge.activities.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.StringLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;

/**
 * A file that makes of a message the JSON that a chat service takes. Every value is escaped as the
 * inside of a JSON string, because names and failures are other people's text; what comes out is
 * sent only if it is JSON.
 */
final class BodyTemplate {
  private static final String ESCAPING = "json-string";

  private final Path file;

  BodyTemplate(Path file) {
    this.file = file;
  }

  /**
   * The body for that message.
   *
   * @throws ResurgeException {@code ConfigurationInvalid} if the file is not there, is no template
   *     or makes no JSON
   */
  String render(Message message) {
    var values = new HashMap<>(message.fields());
    values.put("text", message.text());
    var out = new StringWriter();
    try {
      engine().getTemplate(Files.readString(file)).evaluate(out, values, Locale.ROOT);
      Json.mapper()
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(out.toString());
      return out.toString();
    } catch (JsonProcessingException e) {
      throw unusable("makes no JSON: " + e.getOriginalMessage(), e);
    } catch (PebbleException e) {
      throw unusable("cannot be filled in: " + e.getPebbleMessage() + line(e), e);
    } catch (IOException e) {
      throw unusable("cannot be read: " + e, e);
    }
  }

  private static String line(PebbleException e) {
    return e.getLineNumber() == null ? "" : " (line " + e.getLineNumber() + ")";
  }

  private static PebbleEngine engine() {
    return new PebbleEngine.Builder()
        .loader(new StringLoader())
        .strictVariables(true)
        .defaultLocale(Locale.ROOT)
        .newLineTrimming(true)
        .autoEscaping(true)
        .addEscapingStrategy(
            ESCAPING, text -> new String(JsonStringEncoder.getInstance().quoteAsString(text)))
        .defaultEscapingStrategy(ESCAPING)
        .cacheActive(false)
        .build();
  }

  private ResurgeException unusable(String why, Exception cause) {
    return new ResurgeException(
        ErrorType.CONFIGURATION_INVALID, "the template " + file + " " + why, cause);
  }
}
