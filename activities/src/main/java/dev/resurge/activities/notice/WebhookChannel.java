package dev.resurge.activities.notice;

import dev.resurge.activities.installation.Notifications.Text;
import dev.resurge.activities.installation.Notifications.Webhook;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.runbook.SecretRef;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.function.Function;

/** Posts JSON, signed where there is a key, to an address that may itself be secret. */
record WebhookChannel(Webhook settings, Function<SecretRef, String> reader, InstantSource clock)
    implements Channel {
  @Override
  public void send(Message message) {
    var secrets = new Secrets(reader);
    var url = secrets.read(settings.url());
    var body = body(message).getBytes(StandardCharsets.UTF_8);
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Resurge-Notice", message.id());
    secrets.read(settings.token()).ifPresent(t -> headers.put("Authorization", "Bearer " + t));
    secrets
        .read(settings.signingKey())
        .ifPresent(key -> {
          var now = clock.instant();
          headers.put("X-Resurge-Timestamp", Signature.timestamp(now));
          headers.put("X-Resurge-Signature", Signature.of(key, now, body));
        });
    new HttpPost(describe(), secrets, settings.authority()).send(url, body, headers);
  }

  private String body(Message message) {
    return settings
        .template()
        .map(file -> new BodyTemplate(file).render(message))
        .orElseGet(() -> Json.canonical(message.fields()));
  }

  /** Of a path nothing is said: many services take it for the proof of who may write. */
  @Override
  public String describe() {
    return switch (settings.url()) {
      case Text.Clear(String url) -> "webhook on " + URI.create(url).getAuthority();
      case Text.Secret(SecretRef where) -> "webhook of " + where.describe();
    };
  }
}
