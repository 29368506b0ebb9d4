package dev.resurge.activities.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resurge.activities.installation.Notifications.Text;
import dev.resurge.activities.installation.Notifications.Webhook;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookChannelTest {
  private static final Path EXAMPLES = Path.of("../deploy/notifications");

  private final HttpReceiver server = new HttpReceiver();
  @TempDir Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  private WebhookChannel channel(Optional<Path> template) {
    return new WebhookChannel(
        new Webhook(
            new Text.Clear(server.uri() + "/hook"),
            Optional.of(Told.env("KEY")),
            Optional.of(Told.env("TOKEN")),
            template,
            Optional.empty()),
        Told::secret,
        InstantSource.fixed(Told.NOW));
  }

  private JsonNode posted() throws Exception {
    return Json.mapper().readTree(server.only().body());
  }

  @Test
  void withoutATemplateTheNoticeIsPostedAsJson() throws Exception {
    channel(Optional.empty()).send(Told.message("gives up: two orders", Told.HOSTILE));

    var body = posted();
    assertThat(body.get("event").asText()).isEqualTo("waiting");
    assertThat(body.get("severity").asText()).isEqualTo("high");
    assertThat(body.get("system").asText()).isEqualTo("library");
    assertThat(body.get("procedure").asText()).isEqualTo("restore");
    assertThat(body.get("run").asText()).isEqualTo(Told.RUN_ID.value());
    assertThat(body.get("at").asText()).isEqualTo("2026-11-21T03:15:00Z");
    assertThat(body.get("code").asText()).isEqualTo("ab12cd");
    assertThat(body.get("lines").get(0).asText()).isEqualTo("gives up: two orders");
    assertThat(body.get("link").asText()).isEqualTo("https://resurge.example/a/1");
    assertThat(server.only().path()).isEqualTo("/hook");
    assertThat(server.only().header("X-Resurge-Notice")).isEqualTo(body.get("id").asText());
    assertThat(server.only().header("Authorization")).isEqualTo("Bearer planted-token-1");
    assertThat(server.only().body()).doesNotContain("planted");
  }

  /** As docs/notifications.md tells receivers to do it. */
  @Test
  void timeAndBodyAreSigned() throws Exception {
    channel(Optional.empty()).send(Told.message("a"));

    var request = server.only();
    var timestamp = request.header("X-Resurge-Timestamp");
    assertThat(timestamp).isEqualTo(Long.toString(Told.NOW.getEpochSecond()));
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("planted-key-2".getBytes(UTF_8), "HmacSHA256"));
    var expected = mac.doFinal((timestamp + "." + request.body()).getBytes(UTF_8));
    assertThat(request.header("X-Resurge-Signature"))
        .isEqualTo("sha256=" + HexFormat.of().formatHex(expected));
  }

  static Stream<Path> examples() throws Exception {
    try (var files = Files.list(EXAMPLES)) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleTemplateMakesJsonOfHostileText(Path template) throws Exception {
    channel(Optional.of(template)).send(Told.message(Told.HOSTILE, "second"));

    var all = Json.canonical(posted());
    assertThat(all).contains("plan ab12cd").contains("{{ 7*7 }}").contains("🔥");
    assertThat(posted().findValuesAsText("text")).noneMatch("gotcha"::equals);
  }

  @Test
  void theChatTemplateCallsNobodyByWhatAFailureSays() throws Exception {
    channel(Optional.of(EXAMPLES.resolve("chat.json"))).send(Told.message(Told.HOSTILE));

    assertThat(posted().get("text").asText())
        .contains("&lt;!channel&gt;")
        .doesNotContain("<!channel>")
        .contains("' &amp; ");
  }

  @Test
  void aTemplateOfOnesOwnSeesEveryField() throws Exception {
    var template =
        write(
            """
            {"a": "{{ event }} {{ severity }} {{ code }} {{ link }}",
             "b": [{% for line in lines %}"{{ line }}"{{ loop.last ? "" : "," | raw }}{% endfor %}],
             "c": {{ severity == "critical" ? 1 : 2 }}}
            """);
    channel(Optional.of(template)).send(Told.message("one", "two"));

    assertThat(posted().get("a").asText())
        .isEqualTo("waiting high ab12cd https://resurge.example/a/1");
    assertThat(posted().get("b")).hasSize(2);
    assertThat(posted().get("c").asInt()).isEqualTo(2);
  }

  @Test
  void aTemplateThatCannotBeUsedIsSaidWithItsFile() throws Exception {
    for (var bad :
        new String[] {
          "{\"text\": {{ title }}}", "{{ tittle }}", "{% if %}", "{\"a\": 1} {\"b\": 2}"
        }) {
      var template = write(bad);
      var failure =
          Told.failure(
              ErrorType.CONFIGURATION_INVALID,
              () -> channel(Optional.of(template)).send(Told.message("a")));
      assertThat(failure).hasMessageContaining("the template " + template);
    }
    var missing = folder.resolve("missing.json");
    Told.failure(
        ErrorType.CONFIGURATION_INVALID,
        () -> channel(Optional.of(missing)).send(Told.message("a")));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aSecretAddressIsNeverSaid() {
    for (var address : new String[] {server.uri() + "/planted-path", "no address: planted-path"}) {
      server.next(404, "no hook /planted-path here");
      var channel =
          new WebhookChannel(
              new Webhook(
                  new Text.Secret(Told.env("URL")),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()),
              secret -> address,
              InstantSource.fixed(Told.NOW));
      var failure = Told.failure(ErrorType.NOTICE_REFUSED, () -> channel.send(Told.message("a")));
      assertThat(failure)
          .hasMessageStartingWith("telling webhook of environment variable URL: ")
          .hasMessageNotContaining(address);
    }
  }

  private Path write(String template) throws Exception {
    return Files.writeString(folder.resolve("template.json"), template);
  }
}
