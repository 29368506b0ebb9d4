package dev.resurge.activities.step;

import dev.resurge.activities.installation.OwnSignature;
import dev.resurge.activities.installation.PersonKeys;
import dev.resurge.activities.link.Vouching;
import dev.resurge.activities.store.UsedAnswers;
import dev.resurge.activities.store.UsedAnswers.Use;
import dev.resurge.workflows.activity.IdentityActivities;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Proof;
import dev.resurge.workflows.model.Run;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Believes a name only if the person's own key signed for it, or this installation's worker. */
public final class Identifying implements IdentityActivities {
  /** What who uses a link again is told. */
  public static final String USED = "this link or form was used already, by another answer";

  private final PersonKeys people;
  private final Site site;
  private final Vouching vouching;

  public Identifying(PersonKeys people, Site site) {
    this.people = people;
    this.site = site;
    this.vouching = new Vouching(OwnSignature.of(site.installation()));
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

  @Override
  public Proof prove(Run run, Decision decision) {
    if (!vouching.holds(decision, run.system(), run.id())) {
      return Proof.refused(
          decision, "no worker of this installation vouches for this answer to this run");
    }
    var voucher = decision.voucher().orElseThrow();
    var digest = Json.sha256(decision.vouchedText(run.system(), run.id()));
    var used = new UsedAnswers(site.workbench(run).store(), run.system());
    var now = site.clock().instant();
    // an answer that came in time stays one, however long the worker was away in between
    if (!now.isBefore(voucher.expires()) && !used.isUsedBy(voucher.nonce(), digest)) {
      return Proof.refused(decision, "the link or form expired at " + voucher.expires());
    }
    var use = used.use(voucher.nonce(), new Use(run.id(), decision.by(), digest, now));
    return use.decision().equals(digest)
        ? Proof.of(new Person(decision.by(), voucher.channel().word(), true))
        : Proof.refused(decision, USED);
  }
}
