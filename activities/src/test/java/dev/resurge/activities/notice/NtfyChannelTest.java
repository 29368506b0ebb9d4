package dev.resurge.activities.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.Notifications.Ntfy;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NtfyChannelTest {
  private final HttpReceiver server = new HttpReceiver();
  @TempDir Path folder;

  @AfterEach
  void close() {
    server.close();
  }

  private static NtfyChannel channel(URI server, Optional<Path> authority) {
    return new NtfyChannel(
        new Ntfy(server, "alerts", Optional.of(Told.env("TOKEN")), authority), Told::secret);
  }

  private NtfyChannel channel() {
    return channel(server.uri(), Optional.empty());
  }

  @Test
  void publishesTitleTextPriorityTagsAndLink() throws Exception {
    channel().send(Told.message("gives up: two orders", Told.HOSTILE));

    var request = server.only();
    assertThat(request.path()).isEqualTo("/");
    assertThat(request.header("Authorization")).isEqualTo("Bearer planted-token-1");
    var body = Json.mapper().readTree(request.body());
    assertThat(body.get("topic").asText()).isEqualTo("alerts");
    assertThat(body.get("title").asText())
        .isEqualTo("library: restore waits for approval of plan ab12cd");
    assertThat(body.get("message").asText())
        .startsWith("gives up: two orders\n\"}],")
        .contains("  ./resurge approve library ab12cd\n  or at https://resurge.example/a/1")
        .endsWith("high, waiting, run " + Told.RUN_ID + " of installation here");
    assertThat(body.get("priority").asInt()).isEqualTo(4);
    assertThat(body.get("tags")).extracting(t -> t.asText()).containsExactly("warning", "waiting");
    assertThat(body.get("click").asText()).isEqualTo("https://resurge.example/a/1");
  }

  @Test
  void aLongMessageStaysWithinWhatNtfyTakes() throws Exception {
    channel()
        .send(Told.message("ü".repeat(600), "ü".repeat(600), "ü".repeat(600), "ü".repeat(600)));

    var message = Json.mapper().readTree(server.only().body()).get("message").asText();
    assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
  }

  @Test
  void aWrongTokenIsRefusedForGoodAndNeverSaid() {
    server.next(401, "{\"error\":\"unauthorized: Bearer planted-token-1\"}");

    var failure = Told.failure(ErrorType.NOTICE_REFUSED, () -> channel().send(Told.message("a")));
    assertThat(failure)
        .hasMessageContaining("telling ntfy topic alerts on localhost:")
        .hasMessageContaining("status 401: {\"error\":\"unauthorized: Bearer (secret)\"}");
  }

  @Test
  void aServerInTroubleIsWorthAnotherTry() {
    for (int status : new int[] {500, 503, 429, 408}) {
      server.next(status, "");
      var failure =
          Told.failure(ErrorType.NOTICE_UNDELIVERED, () -> channel().send(Told.message("a")));
      assertThat(failure).hasMessageEndingWith("status " + status);
    }
    channel().send(Told.message("a"));
  }

  @Test
  void nobodyThereIsWorthAnotherTry() {
    var gone = server.uri();
    server.close();

    var failure =
        Told.failure(
            ErrorType.NOTICE_UNDELIVERED,
            () -> channel(gone, Optional.empty()).send(Told.message("a")));
    assertThat(failure).hasMessageContaining("telling ntfy topic alerts");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    server.silent();
    var post =
        new HttpPost(
            "somebody", new Secrets(Told::secret), Optional.empty(), Duration.ofMillis(200));

    var failure =
        Told.failure(
            ErrorType.NOTICE_UNDELIVERED,
            () -> post.send(server.uri().toString(), new byte[0], Map.of()));
    assertThat(failure).hasMessageContaining("no answer within");
  }

  @Test
  void aRedirectIsNotFollowedWithTheToken() {
    try (var elsewhere = new HttpReceiver()) {
      server.redirect(elsewhere.uri());

      var failure = Told.failure(ErrorType.NOTICE_REFUSED, () -> channel().send(Told.message("a")));
      assertThat(failure).hasMessageContaining("status 307");
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefusedUnlessItsAuthorityIsNamed() throws Exception {
    var certificate = Certificate.in(folder);
    try (var secure = new HttpReceiver(certificate.server())) {
      var stranger = channel(secure.uri(), Optional.empty());
      var failure = Told.failure(ErrorType.NOTICE_REFUSED, () -> stranger.send(Told.message("a")));
      assertThat(failure).hasMessageContaining("TLS failed");
      assertThat(secure.requests()).isEmpty();

      channel(secure.uri(), Optional.of(certificate.pem())).send(Told.message("a"));
      assertThat(secure.requests()).hasSize(1);
    }
  }
}
