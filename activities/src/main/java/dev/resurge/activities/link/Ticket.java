package dev.resurge.activities.link;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import java.time.Instant;
import java.util.Objects;

/**
 * Leave for one person to give one answer to one run. Whoever holds its signed text has it, so the
 * text is a secret; the ticket itself is none.
 *
 * @param code of the plan or question that it answers
 * @param person whose answer it will be
 * @param nonce names the ticket; it is used up with the answer
 * @param session what else must come with it: the digest of a cookie for forms, empty for links
 */
public record Ticket(
    @JsonProperty("k") Kind kind,
    @JsonProperty("s") String system,
    @JsonProperty("r") RunId run,
    @JsonProperty("c") String code,
    @JsonProperty("p") String person,
    @JsonProperty("e") Instant expires,
    @JsonProperty("n") String nonce,
    @JsonProperty("b") String session) {
  /** What it is for. */
  public enum Kind {
    /** It alone says who comes. */
    @JsonProperty("link")
    LINK,
    /** It says only that a page of ours was open; who comes is said by the login. */
    @JsonProperty("form")
    FORM
  }

  public Ticket {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(person, "person");
    Objects.requireNonNull(expires, "expires");
    Objects.requireNonNull(nonce, "nonce");
    Objects.requireNonNull(session, "session");
  }

  /**
   * Which procedure's run it is for.
   *
   * @throws java.util.NoSuchElementException for a procedure that this version does not have
   */
  public Procedure procedure() {
    return run.procedure().orElseThrow();
  }

  @Override
  public String toString() {
    return kind + " for " + person + " to answer " + code + " of run " + run;
  }
}
