package dev.resurge.activities.notice;

import dev.resurge.activities.installation.Notifications.Ntfy;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.runbook.SecretRef;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Publishes to a topic of an ntfy server as JSON, whose fields are those of ntfy's manual, "Publish
 * as JSON": its headers would not take every character of a title.
 */
record NtfyChannel(Ntfy settings, Function<SecretRef, String> reader) implements Channel {
  /** ntfy refuses more than 4096 bytes, or makes an attachment of it. */
  private static final int MOST_CHARACTERS = 1300;

  @Override
  public void send(Message message) {
    var secrets = new Secrets(reader);
    var token = secrets.read(settings.token());
    var body = new LinkedHashMap<String, Object>();
    body.put("topic", settings.topic());
    body.put("title", message.title());
    body.put("message", shortened(message.text()));
    body.put("priority", priority(message.severity()));
    body.put("tags", List.of(tag(message.severity()), message.notice().event().id()));
    message.link().ifPresent(page -> body.put("click", page.toString()));
    new HttpPost(describe(), secrets, settings.authority())
        .send(
            settings.server().toString(),
            Json.canonical(body).getBytes(StandardCharsets.UTF_8),
            token.map(t -> Map.of("Authorization", "Bearer " + t)).orElse(Map.of()));
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  /** 5 rings through "do not disturb", 1 makes no sound. */
  private static int priority(Severity severity) {
    return switch (severity) {
      case CRITICAL -> 5;
      case HIGH -> 4;
      case MEDIUM -> 3;
      case LOW -> 2;
    };
  }

  /** Names that ntfy shows as pictures. */
  private static String tag(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "rotating_light";
      case HIGH -> "warning";
      case MEDIUM -> "bell";
      case LOW -> "information_source";
    };
  }

  @Override
  public String describe() {
    return "ntfy topic " + settings.topic() + " on " + settings.server().getAuthority();
  }
}
