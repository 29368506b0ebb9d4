package dev.resurge.activities.link;

import dev.resurge.activities.link.Ticket.Kind;
import dev.resurge.workflows.model.RunId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/** Makes the links by which people answer. Each is a secret: it answers in that person's name. */
public final class AnswerLinks {
  private static final int NONCE_BYTES = 16;

  private final Optional<URI> publicUrl;
  private final Tickets tickets;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param publicUrl how people reach the worker's pages; empty: there are no links
   */
  public AnswerLinks(Optional<URI> publicUrl, Tickets tickets, InstantSource clock) {
    this.publicUrl = publicUrl;
    this.tickets = tickets;
    this.clock = clock;
  }

  /**
   * A link for one person to answer a plan or question once. Every call makes another one.
   *
   * @param code of the plan or question
   * @param expires when the approval does; the link lasts at most {@link Tickets#LONGEST}
   * @return empty if the configuration says no {@code worker.publicUrl}
   */
  public Optional<URI> link(String system, RunId run, String code, String person, Instant expires) {
    return publicUrl.map(base ->
        URI.create(base + "/answer/" + ticket(Kind.LINK, system, run, code, person, expires, "")));
  }

  /**
   * What a form of ours carries, for a person who is logged in.
   *
   * @param session the digest of the cookie that must come with it
   */
  public String form(
      String system, RunId run, String code, String person, Instant expires, String session) {
    return ticket(Kind.FORM, system, run, code, person, expires, session);
  }

  private String ticket(
      Kind kind,
      String system,
      RunId run,
      String code,
      String person,
      Instant expires,
      String session) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    var latest = clock.instant().plus(Tickets.LONGEST);
    return tickets.write(
        new Ticket(
            kind,
            system,
            run,
            code,
            person,
            (expires.isBefore(latest) ? expires : latest).truncatedTo(ChronoUnit.SECONDS),
            Base64.getUrlEncoder().withoutPadding().encodeToString(nonce),
            session));
  }
}
