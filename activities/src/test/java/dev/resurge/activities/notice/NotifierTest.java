package dev.resurge.activities.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Severity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole notifications, from the configuration to services on this machine. */
class NotifierTest {
  @TempDir Path folder;
  private final HttpReceiver first = new HttpReceiver();
  private final HttpReceiver second = new HttpReceiver();
  private final HttpReceiver third = new HttpReceiver();

  @AfterEach
  void close() {
    first.close();
    second.close();
    third.close();
  }

  private Notifier notifier(AnswerPages links) throws IOException {
    return new Notifier(installation(), Told::secret, links, InstantSource.fixed(Told.NOW));
  }

  private Installation installation() throws IOException {
    Files.writeString(
        folder.resolve("resurge.yaml"),
        """
        installation: here
        notifications:
          channels:
            phone: {type: ntfy, server: '%s', topic: alerts, token: {env: TOKEN}}
            chat: {type: webhook, url: '%s/chat', signingKey: {env: KEY}}
            alices: {type: webhook, url: '%s/alice'}
          people:
            alice: alices
          routes:
            - {to: [phone, chat, alice]}
        """
            .formatted(first.uri(), second.uri(), third.uri()));
    return new InstallationLoader(Map.of(), folder, folder, folder, () -> "here")
        .load(Optional.empty());
  }

  private static Notice failed(String... lines) {
    return Told.notice(Notice.Event.FAILED, Severity.CRITICAL, lines);
  }

  @Test
  void allChannelsAreToldAndOneThatIsDeadKeepsNoOtherFromIt() throws Exception {
    first.next(503, "");
    second.next(403, "");

    var deliveries = notifier(AnswerPages.NONE).tell(failed("a"), List.of());

    assertThat(deliveries)
        .extracting(Notifier.Delivery::channel)
        .containsExactly("phone", "chat", "alices");
    assertThat(deliveries)
        .extracting(Notifier.Delivery::settled)
        .containsExactly(false, true, true);
    assertThat(deliveries.get(1).failure().orElseThrow().type())
        .isEqualTo(ErrorType.NOTICE_REFUSED);
    assertThat(deliveries.get(2).failure()).isEmpty();
    assertThat(third.requests()).hasSize(1);
  }

  @Test
  void whoWasToldIsNotToldAgain() throws Exception {
    notifier(AnswerPages.NONE).tell(failed("a"), List.of("phone", "alices"));
    assertThat(first.requests()).isEmpty();
    assertThat(second.requests()).hasSize(1);
    assertThat(third.requests()).isEmpty();
  }

  @Test
  void aPersonalLinkGoesOnlyToThatPersonsOwnChannel() throws Exception {
    AnswerPages links =
        (notice, person) ->
            Optional.of(URI.create("https://r.example/" + person.orElse("anybody")));
    notifier(links).tell(failed("a"), List.of());
    assertThat(first.only().body()).contains("https://r.example/anybody");
    assertThat(second.only().body()).contains("https://r.example/anybody");
    assertThat(third.only().body()).contains("https://r.example/alice");
  }

  @Test
  void whatLooksLikeASecretInAFailureIsLeftOut() throws Exception {
    notifier(AnswerPages.NONE)
        .tell(
            failed(
                "could not reach postgres://app:planted-9@db:5432/shop",
                "GET https://s3/x?token=planted-8&a=b failed",
                "-----BEGIN PRIVATE KEY"),
            List.of());
    for (var receiver : List.of(first, second, third)) {
      assertThat(receiver.only().body())
          .doesNotContain("planted-9")
          .doesNotContain("planted-8")
          .doesNotContain("planted-key")
          .doesNotContain("PRIVATE KEY")
          .contains("db:5432/shop");
    }
  }

  @Test
  void aTestSaysOfEachChannelWhatBecameOfIt() throws Exception {
    second.next(404, "no such hook");
    var notifier = notifier(AnswerPages.NONE);
    var deliveries = notifier.test(notifier.channels());

    assertThat(deliveries.get(0).failure()).isEmpty();
    assertThat(deliveries.get(1).failure().orElseThrow())
        .hasMessageContaining("status 404: no such hook");
    assertThat(deliveries.get(2).failure()).isEmpty();
    assertThat(first.only().body()).contains("Nothing has happened");
  }
}
