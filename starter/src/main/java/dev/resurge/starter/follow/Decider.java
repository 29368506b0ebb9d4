package dev.resurge.starter.follow;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Who answers at this command line: a claimed name, and the person's key where there is one.
 *
 * @param key signs bytes with the person's private key
 */
public record Decider(String name, Optional<UnaryOperator<byte[]>> key) {
  private static final String CHANNEL = "cli";

  /** Who starts runs from here: always a claim, because nothing proves it. */
  public Person person() {
    return new Person(name, CHANNEL, false);
  }

  /**
   * Makes an answer, signed if there is a key and the run is known (a signature is bound to it).
   */
  public Decision decision(
      Optional<RunId> run,
      Decision.Kind kind,
      String code,
      Optional<String> choice,
      Optional<String> comment) {
    var unsigned =
        new Decision(kind, code, choice, name, comment, Optional.of(CHANNEL), Optional.empty());
    return run.flatMap(id -> key.map(sign -> signed(unsigned, id, sign))).orElse(unsigned);
  }

  private static Decision signed(Decision decision, RunId run, UnaryOperator<byte[]> sign) {
    var text = decision.signedText(run).getBytes(StandardCharsets.UTF_8);
    return new Decision(
        decision.kind(),
        decision.code(),
        decision.choice(),
        decision.by(),
        decision.comment(),
        decision.channel(),
        Optional.of(Base64.getEncoder().encodeToString(sign.apply(text))));
  }
}
