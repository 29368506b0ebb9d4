package dev.resurge.activities.step;

import dev.resurge.activities.installation.PersonKeys;
import dev.resurge.workflows.activity.IdentityActivities;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Run;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Believes a name only if the person's own key signed for it. */
public final class Identifying implements IdentityActivities {
  private final PersonKeys people;

  public Identifying(PersonKeys people) {
    this.people = people;
  }

  @Override
  public Person identify(Run run, Decision decision) {
    var channel = decision.channel().orElse("temporal");
    var signature = decision.signature();
    if (signature.isEmpty()) {
      return new Person(decision.by(), channel, false);
    }
    return verified(run, decision, signature.get())
        ? new Person(decision.by(), channel + "-signed", true)
        : new Person(decision.by() + " [signature does not hold]", channel, false);
  }

  private boolean verified(Run run, Decision decision, String signature) {
    try {
      return people.verified(
          decision.by(),
          decision.signedText(run.id()).getBytes(StandardCharsets.UTF_8),
          Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false; // no base64: no signature
    }
  }
}
