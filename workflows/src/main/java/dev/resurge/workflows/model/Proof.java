package dev.resurge.workflows.model;

import java.util.Optional;

/**
 * What became of checking who gave a decision.
 *
 * @param refusal why the decision must not count, whatever the rules of approval say
 */
public record Proof(Person person, Optional<String> refusal) {
  /** The decision may count as that person's. */
  public static Proof of(Person person) {
    return new Proof(person, Optional.empty());
  }

  /** It must not count; the name is only what the decision says of itself. */
  public static Proof refused(Decision decision, String why) {
    var channel = decision.voucher().map(v -> v.channel().word()).orElse("unknown");
    return new Proof(new Person(decision.by(), channel, false), Optional.of(why));
  }
}
