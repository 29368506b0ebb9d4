package dev.resurge.worker.answer;

import dev.resurge.activities.installation.OwnSignature;
import dev.resurge.activities.link.AnswerLinks;
import dev.resurge.activities.link.Ticket;
import dev.resurge.activities.link.TicketRefused;
import dev.resurge.activities.link.Tickets;
import dev.resurge.activities.link.Vouching;
import dev.resurge.activities.step.Identifying;
import dev.resurge.activities.step.Site;
import dev.resurge.worker.page.Refusal;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Voucher;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** What pages and API have in common: from a ticket to the run's answer. */
@Singleton
class Answering {
  private static final Duration FORM_LASTS = Duration.ofHours(2);
  private static final int LONGEST_COMMENT = 2000;

  private final RunDoor door;
  private final Given given;
  private final Tickets tickets;
  private final Vouching vouching;
  private final AnswerLinks links;
  private final InstantSource clock;

  Answering(
      RunDoor door, Given given, OwnSignature own, Tickets tickets, AnswerLinks links, Site site) {
    this.door = door;
    this.given = given;
    this.clock = site.clock();
    this.tickets = tickets;
    this.vouching = new Vouching(own);
    this.links = links;
  }

  /**
   * The ticket that a text is.
   *
   * @throws Refusal if it is none of that kind, or not good any more
   */
  Ticket ticket(String text, Ticket.Kind kind) {
    try {
      var ticket = tickets.read(text);
      if (ticket.kind() != kind || ticket.run().procedure().isEmpty()) {
        throw Refusal.notValid();
      }
      return ticket;
    } catch (TicketRefused e) {
      throw Refusal.of(e);
    }
  }

  /** What lets the person who is logged in answer that, from a page with that session. */
  String form(Status status, String code, String person, String session) {
    var expires = clock.instant().plus(FORM_LASTS);
    return links.form(status.system(), status.run(), code, person, expires, session);
  }

  /**
   * How the ticket's own run stands.
   *
   * @throws Refusal if it is over and forgotten, or another run took its place
   */
  Status status(Ticket ticket) {
    return door.status(ticket.procedure(), ticket.system())
        .filter(status -> status.run().equals(ticket.run()))
        .orElseThrow(Refusal::over);
  }

  /** What an earlier answer by that ticket came to, as far as this worker remembers. */
  Optional<String> earlier(Ticket ticket) {
    return given.by(ticket);
  }

  /**
   * Gives an answer and uses the ticket up.
   *
   * @param answer {@code approve}, {@code reject}, or one of the question's choices
   * @return what the run made of it, accepted
   * @throws Refusal if it was not accepted
   */
  DecisionAnswer give(
      Ticket ticket, Voucher.Channel channel, String answer, Optional<String> comment) {
    given
        .by(ticket)
        .ifPresent(how -> {
          throw Refusal.used("It came to: " + how + ".");
        });
    var status = status(ticket);
    if (status.result().isPresent()) {
      throw Refusal.over();
    }
    var decision = decision(status, ticket, channel, answer, checked(comment));
    var said = door.answer(ticket.procedure(), ticket.system(), decision);
    var used = said.answer().contains(Identifying.USED);
    if (said.accepted() || used) {
      given.remember(ticket, said.answer());
    }
    if (used) {
      throw Refusal.used("");
    }
    if (!said.accepted()) {
      throw Refusal.byRun(said.answer());
    }
    return said;
  }

  private Decision decision(
      Status status,
      Ticket ticket,
      Voucher.Channel channel,
      String answer,
      Optional<String> comment) {
    if (status.plan().filter(p -> p.code().equals(ticket.code())).isPresent()) {
      var kind =
          switch (answer) {
            case "approve" -> Decision.Kind.APPROVE;
            case "reject" -> Decision.Kind.REJECT;
            default -> throw Refusal.malformed("A plan is answered by approve or reject.");
          };
      return vouching.decision(ticket, channel, kind, Optional.empty(), comment);
    }
    var question =
        status.question().filter(q -> q.code().equals(ticket.code())).orElseThrow(Refusal::renewed);
    if (!question.choices().contains(answer)) {
      throw Refusal.malformed("This question is answered by one of " + question.choices() + ".");
    }
    return vouching.decision(ticket, channel, Decision.Kind.DECIDE, Optional.of(answer), comment);
  }

  private static Optional<String> checked(Optional<String> comment) {
    var text = comment.map(c -> c.replace("\r\n", "\n").strip()).filter(c -> !c.isEmpty());
    if (text.filter(c -> c.length() > LONGEST_COMMENT).isPresent()) {
      throw Refusal.malformed("A comment has at most " + LONGEST_COMMENT + " characters.");
    }
    return text;
  }
}
