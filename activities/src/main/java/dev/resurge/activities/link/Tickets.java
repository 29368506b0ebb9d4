package dev.resurge.activities.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resurge.activities.installation.OwnSignature;
import dev.resurge.activities.link.TicketRefused.Why;
import dev.resurge.workflows.model.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Writes and reads tickets: {@code base64url(JSON) . base64url(signature)}. Signed is a line that
 * nothing else of ours begins with, then the JSON; so a ticket's signature is of nothing else, and
 * no other signature is a ticket's.
 */
public final class Tickets {
  /** No ticket lasts longer, whatever its issuer's clock said. */
  public static final Duration LONGEST = Duration.ofHours(24);

  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final String DOMAIN = "resurge-ticket/1\n";
  private static final Pattern FORM = Pattern.compile("([\\w-]{40,1200})\\.([\\w-]{86})");

  private final OwnSignature own;
  private final InstantSource clock;

  /**
   * @param own only what this installation signed counts: that another one's sets are trusted does
   *     not let it speak for people here
   */
  public Tickets(OwnSignature own, InstantSource clock) {
    this.own = own;
    this.clock = clock;
  }

  /** The text to hand out; a secret. */
  public String write(Ticket ticket) {
    var claims = Json.canonical(ticket).getBytes(StandardCharsets.UTF_8);
    return encoded(claims) + "." + encoded(own.sign(signed(claims)));
  }

  /**
   * Reads a ticket that this installation signed and that is still good.
   *
   * @throws TicketRefused if it is not; nothing of it is looked at before its signature holds
   */
  public Ticket read(String text) throws TicketRefused {
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new TicketRefused(Why.MALFORMED);
    }
    var claims = decoded(match.group(1));
    if (!own.isOf(signed(claims), decoded(match.group(2)))) {
      throw new TicketRefused(Why.FORGED);
    }
    var ticket = parsed(claims);
    var now = clock.instant();
    if (!now.isBefore(ticket.expires()) || ticket.expires().isAfter(now.plus(LONGEST).plus(SKEW))) {
      throw new TicketRefused(Why.EXPIRED);
    }
    return ticket;
  }

  private static Ticket parsed(byte[] claims) throws TicketRefused {
    try {
      return Json.mapper().readValue(claims, Ticket.class);
    } catch (JsonProcessingException e) {
      throw new TicketRefused(Why.MALFORMED); // signed by a version that writes them otherwise
    } catch (IOException e) {
      throw new IllegalStateException("an array is read without the world", e);
    }
  }

  private static byte[] signed(byte[] claims) {
    return ByteBuffer.allocate(DOMAIN.length() + claims.length)
        .put(DOMAIN.getBytes(StandardCharsets.US_ASCII))
        .put(claims)
        .array();
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Only the one text that {@link #encoded} gives: the decoder overlooks bits at the end. */
  private static byte[] decoded(String text) throws TicketRefused {
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      if (encoded(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // no base64
    }
    throw new TicketRefused(Why.MALFORMED);
  }
}
