package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a person sends to a run: approve or reject a plan, or decide what a waiting run does next.
 *
 * @param code the plan's code for approve and reject; the question's code for decide
 * @param choice for decide: {@code retry}, {@code rollback}, {@code abort}, {@code skip}, {@code
 *     yes}, {@code no}
 * @param by who says so; only a claim, unless signature or voucher prove it
 * @param signature base64 of the Ed25519 signature of {@link #signedText}, by the person's key
 * @param voucher of the worker, for who answered on its pages
 */
public record Decision(
    Kind kind,
    String code,
    Optional<String> choice,
    String by,
    Optional<String> comment,
    Optional<String> channel,
    Optional<String> signature,
    Optional<Voucher> voucher) {
  /** What kind of answer it is. */
  public enum Kind {
    @JsonProperty("approve")
    APPROVE,
    @JsonProperty("reject")
    REJECT,
    @JsonProperty("decide")
    DECIDE
  }

  @JsonCreator
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public Decision {
    choice = choice == null ? Optional.empty() : choice;
    comment = comment == null ? Optional.empty() : comment;
    channel = channel == null ? Optional.empty() : channel;
    signature = signature == null ? Optional.empty() : signature;
    voucher = voucher == null ? Optional.empty() : voucher;
  }

  /** One that no worker vouches for. */
  public Decision(
      Kind kind,
      String code,
      Optional<String> choice,
      String by,
      Optional<String> comment,
      Optional<String> channel,
      Optional<String> signature) {
    this(kind, code, choice, by, comment, channel, signature, Optional.empty());
  }

  /** The same, vouched for. */
  public Decision with(Voucher given) {
    return new Decision(kind, code, choice, by, comment, channel, signature, Optional.of(given));
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

  /**
   * The text that a voucher's signature is made of: bound to system, run, answer, person and the
   * link or form that it came by. JSON, so that no field can be taken for part of another; the line
   * before it keeps such a signature from being one of anything else.
   *
   * @throws java.util.NoSuchElementException if there is no voucher
   */
  public String vouchedText(String system, RunId run) {
    var given = voucher.orElseThrow();
    var fields = new TreeMap<String, String>();
    fields.put("system", system);
    fields.put("run", run.value());
    fields.put("kind", kind.name());
    fields.put("code", code);
    choice.ifPresent(c -> fields.put("choice", c));
    fields.put("by", by);
    comment.ifPresent(c -> fields.put("comment", c));
    fields.put("channel", given.channel().word());
    fields.put("nonce", given.nonce());
    fields.put("expires", given.expires().toString());
    return "resurge-voucher/1\n" + Json.canonical(fields);
  }
}
