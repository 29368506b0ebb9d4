package dev.resurge.activities.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.installation.OwnSignature;
import dev.resurge.activities.link.TicketRefused.Why;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Voucher;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TicketsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:15:00Z");
  private static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");
  private static final Ticket TICKET =
      new Ticket(
          Ticket.Kind.LINK,
          "library",
          RUN,
          "a1b2c3",
          "alice",
          NOW.plus(Duration.ofHours(1)),
          "0123456789abcdefghijkl",
          "");

  @TempDir Path folder;
  private OwnSignature own;
  private Tickets tickets;

  private OwnSignature installation(String name) {
    var key = new KeyMaker(folder.resolve(name), () -> NOW).newInstallation().signing();
    return new OwnSignature(Ed25519Signer.read(key));
  }

  private static Tickets at(OwnSignature own, Instant now) {
    return new Tickets(own, InstantSource.fixed(now));
  }

  @BeforeEach
  void start() {
    own = installation("own");
    tickets = at(own, NOW);
  }

  private void refused(Tickets by, String text, Why why) {
    assertThatThrownBy(() -> by.read(text))
        .as(text)
        .isInstanceOfSatisfying(TicketRefused.class, e -> assertThat(e.why()).isEqualTo(why));
  }

  @Test
  void whatWasWrittenIsReadAndFitsIntoAnAddress() throws TicketRefused {
    var text = tickets.write(TICKET);
    assertThat(tickets.read(text)).isEqualTo(TICKET);
    assertThat(text).matches("[A-Za-z0-9_.-]{100,400}");
    assertThat(TICKET.toString()).doesNotContain(text, TICKET.nonce());
  }

  @Test
  void anyOtherFieldUnderTheSameSignatureIsForged() throws IOException {
    var parts = tickets.write(TICKET).split(Pattern.quote("."), -1);
    for (var field : TICKET.getClass().getRecordComponents()) {
      var claims = (ObjectNode) Json.mapper().readTree(Base64.getUrlDecoder().decode(parts[0]));
      var name =
          field.getAccessor().getAnnotation(com.fasterxml.jackson.annotation.JsonProperty.class);
      var key = name.value();
      assertThat(claims.has(key)).as(key).isTrue();
      claims.put(key, key.equals("k") ? "form" : claims.get(key).asText() + "0");
      var other =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(claims.toString().getBytes(StandardCharsets.UTF_8));
      refused(tickets, other + "." + parts[1], Why.FORGED);
    }
  }

  @Test
  void noSingleCharacterMayDiffer() {
    var text = tickets.write(TICKET);
    for (int i = 0; i < text.length(); i++) {
      var other =
          text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);
      assertThatThrownBy(() -> tickets.read(other)).isInstanceOf(TicketRefused.class);
    }
    // some bits of the last character are none of the signature's: the decoder overlooks them
    for (char last :
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
      var other = text.substring(0, text.length() - 1) + last;
      if (!other.equals(text)) {
        assertThatThrownBy(() -> tickets.read(other)).isInstanceOf(TicketRefused.class);
      }
    }
    for (var other : new String[] {"", ".", text + "A", text + "=", text + ".", "x" + text}) {
      assertThatThrownBy(() -> tickets.read(other)).isInstanceOf(TicketRefused.class);
    }
  }

  @Test
  void anotherInstallationsSignatureIsForgedHoweverTrustedItsSetsAre() {
    refused(tickets, at(installation("other"), NOW).write(TICKET), Why.FORGED);
  }

  @Test
  void aSignatureOfAnythingElseIsNoTickets() {
    var claims = Json.canonical(TICKET).getBytes(StandardCharsets.UTF_8);
    var encoder = Base64.getUrlEncoder().withoutPadding();
    var ofPlainJson = encoder.encodeToString(own.sign(claims)); // as sets and evidence are signed
    refused(tickets, encoder.encodeToString(claims) + "." + ofPlainJson, Why.FORGED);

    var decision =
        new Vouching(own)
            .decision(
                TICKET,
                Voucher.Channel.LINK,
                Decision.Kind.APPROVE,
                Optional.empty(),
                Optional.empty());
    var text = decision.vouchedText("library", RUN).getBytes(StandardCharsets.UTF_8);
    var voucher = Base64.getDecoder().decode(decision.voucher().orElseThrow().signature());
    refused(
        tickets, encoder.encodeToString(text) + "." + encoder.encodeToString(voucher), Why.FORGED);
  }

  @Test
  void itLastsUntilItsTimeAndNoIssuersClockMakesItLastLonger() {
    var text = tickets.write(TICKET);
    assertThatCode(() -> at(own, TICKET.expires().minusMillis(1)).read(text))
        .doesNotThrowAnyException();
    refused(at(own, TICKET.expires()), text, Why.EXPIRED);

    var ahead = NOW.plus(Duration.ofDays(300));
    var links =
        new AnswerLinks(
            Optional.of(URI.create("https://r")), at(own, ahead), InstantSource.fixed(ahead));
    var form = links.form("library", RUN, "a1b2c3", "alice", ahead.plusSeconds(60), "");
    refused(tickets, form, Why.EXPIRED);
  }

  @Test
  void aLinkLastsADayAtMost() throws TicketRefused {
    var links =
        new AnswerLinks(Optional.of(URI.create("https://r")), tickets, InstantSource.fixed(NOW));
    var text = links.form("library", RUN, "a1b2c3", "alice", NOW.plus(Duration.ofDays(9)), "");
    assertThat(tickets.read(text).expires()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    assertThat(text)
        .isNotEqualTo(
            links.form("library", RUN, "a1b2c3", "alice", NOW.plus(Duration.ofDays(9)), ""));
  }
}
