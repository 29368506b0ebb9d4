package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What a person sends to a run: approve or reject a plan, or decide what a waiting run does next.
 *
 * @param code the plan's code for approve and reject; the question's code for decide
 * @param choice for decide: {@code retry}, {@code rollback}, {@code abort}, {@code skip}, {@code
 *     yes}, {@code no}
 * @param by who says so; only a claim, unless the signature proves it
 * @param signature base64 of the Ed25519 signature of {@link #signedText}, by the person's key
 */
public record Decision(
    Kind kind,
    String code,
    Optional<String> choice,
    String by,
    Optional<String> comment,
    Optional<String> channel,
    Optional<String> signature) {
  /** What kind of answer it is. */
  public enum Kind {
    @JsonProperty("approve")
    APPROVE,
    @JsonProperty("reject")
    REJECT,
    @JsonProperty("decide")
    DECIDE
  }

  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public Decision {
    choice = choice == null ? Optional.empty() : choice;
    comment = comment == null ? Optional.empty() : comment;
    channel = channel == null ? Optional.empty() : channel;
    signature = signature == null ? Optional.empty() : signature;
  }

  /** The text that a signature is made of: bound to run, code and answer. */
  public String signedText(RunId run) {
    return String.join(
        "\n",
        "resurge-decision/1",
        run.value(),
        kind.name(),
        code,
        choice.orElse(""),
        by,
        comment.orElse(""));
  }
}
