package dev.resurge.worker.page;

import dev.resurge.activities.link.TicketRefused;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.exceptions.HttpException;
import java.io.Serial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why somebody does not get what was asked for: a sentence, and what to do next. It tells nothing
 * of runs, plans or people that the visitor has not proved to know.
 */
public final class Refusal extends RuntimeException {
  private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);
  @Serial private static final long serialVersionUID = 1L;
  private static final String ELSEWHERE =
      "Ask for a new link, or answer on the command line: ./resurge approve SYSTEM.";

  private final HttpStatus status;
  private final String advice;

  /**
   * @param advice what to do next
   */
  public Refusal(HttpStatus status, String title, String advice) {
    super(title);
    this.status = status;
    this.advice = advice;
  }

  /** The answer's status. */
  public HttpStatus status() {
    return status;
  }

  /** Why, in a sentence. */
  public String title() {
    return getMessage();
  }

  /** What to do next. */
  public String advice() {
    return advice;
  }

  /** Why a link or form was refused. */
  public static Refusal of(TicketRefused refused) {
    return switch (refused.why()) {
      case MALFORMED ->
          new Refusal(
              HttpStatus.BAD_REQUEST,
              "This link is not complete",
              "Open it again exactly as it was sent; some programs break long lines. " + ELSEWHERE);
      case FORGED -> notValid();
      case EXPIRED ->
          new Refusal(
              HttpStatus.GONE, "This link has expired", "Links last a day at most. " + ELSEWHERE);
    };
  }

  /** A link of another run or installation. */
  public static Refusal notValid() {
    return new Refusal(HttpStatus.FORBIDDEN, "This link is not valid here", ELSEWHERE);
  }

  /** A link counts once. */
  public static Refusal used(String how) {
    return new Refusal(HttpStatus.GONE, "This link was used already", how + " " + ELSEWHERE);
  }

  /** Nobody can answer a run that has ended. */
  public static Refusal over() {
    return new Refusal(
        HttpStatus.GONE,
        "This run is over",
        "There is nothing left to answer. ./resurge report SYSTEM shows how it ended.");
  }

  /** The plan or question that was answered is not asked any more. */
  public static Refusal renewed() {
    return new Refusal(
        HttpStatus.CONFLICT,
        "This is not asked any more",
        "The plan was made anew or the question was answered, so this link answers nothing. "
            + ELSEWHERE);
  }

  /** The run refused the answer. */
  public static Refusal byRun(String answer) {
    return new Refusal(
        HttpStatus.CONFLICT,
        "The run did not take the answer",
        answer + ". It is in the evidence.");
  }

  /** Another site may have sent it. */
  public static Refusal notFromHere() {
    return new Refusal(
        HttpStatus.FORBIDDEN,
        "This answer was not given on this page",
        "Another site may have sent it in your name. Open the page itself and answer there.");
  }

  /** The form is of another person, run or browser. */
  public static Refusal stale() {
    return new Refusal(
        HttpStatus.FORBIDDEN, "This page is too old to answer", "Load it again and answer then.");
  }

  /** Nothing proves who asks. */
  public static Refusal nobody() {
    return new Refusal(
        HttpStatus.UNAUTHORIZED,
        "Nothing says who you are",
        "Open the link that was sent to you, or come through the address where you log in.");
  }

  /** There is no such thing, or the visitor has not proved to know of it. */
  public static Refusal unknown() {
    return new Refusal(HttpStatus.NOT_FOUND, "There is no such page", "Check the address.");
  }

  /** What was sent is no answer. */
  public static Refusal malformed(String what) {
    return new Refusal(HttpStatus.BAD_REQUEST, "The answer is malformed", what);
  }

  /** Temporal does not answer. */
  public static Refusal away() {
    return new Refusal(
        HttpStatus.SERVICE_UNAVAILABLE,
        "Temporal does not answer just now",
        "Nothing was changed. Try again in a minute; the link stays good.");
  }

  /** The answer was sent, and nobody knows yet whether it was taken. */
  public static Refusal notYetKnown() {
    return new Refusal(
        HttpStatus.GATEWAY_TIMEOUT,
        "The run has not said yet what it makes of the answer",
        "Load the page again: it shows whether the answer was taken.");
  }

  /** What went wrong before or in our own code; tells nothing but that. */
  public static Refusal of(RuntimeException failure) {
    return switch (failure) {
      case ContentLengthExceededException e ->
          new Refusal(
              HttpStatus.REQUEST_ENTITY_TOO_LARGE, "That is too much", "Write a shorter comment.");
      case HttpException e -> malformed("It is no answer of this page.");
      default -> {
        LOG.error("a page or the API failed", failure);
        yield new Refusal(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "This page failed",
            "The worker's log says why. The command line does the same: ./resurge help.");
      }
    };
  }
}
