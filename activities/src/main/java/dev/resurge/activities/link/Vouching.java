package dev.resurge.activities.link;

import dev.resurge.activities.installation.OwnSignature;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Decision.Kind;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Voucher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Signs for people whom the worker has recognised, so that the procedure believes it: whoever can
 * only write to Temporal cannot make such a signature.
 */
public final class Vouching {
  private final OwnSignature own;

  public Vouching(OwnSignature own) {
    this.own = own;
  }

  /** An answer to what the ticket is for, in the name of its person. */
  public Decision decision(
      Ticket ticket,
      Voucher.Channel channel,
      Kind kind,
      Optional<String> choice,
      Optional<String> comment) {
    return sign(
        new Decision(
            kind,
            ticket.code(),
            choice,
            ticket.person(),
            comment,
            Optional.of(channel.word()),
            Optional.empty()),
        channel,
        ticket.nonce(),
        ticket.expires(),
        ticket.system(),
        ticket.run());
  }

  private Decision sign(
      Decision decision,
      Voucher.Channel channel,
      String nonce,
      Instant expires,
      String system,
      RunId run) {
    var unsigned = decision.with(new Voucher(channel, nonce, expires, ""));
    var signature = own.sign(text(unsigned, system, run));
    return decision.with(
        new Voucher(channel, nonce, expires, Base64.getEncoder().encodeToString(signature)));
  }

  /**
   * Whether the decision's voucher is this installation's, for that run and exactly this answer.
   */
  public boolean holds(Decision decision, String system, RunId run) {
    try {
      var signature = Base64.getDecoder().decode(decision.voucher().orElseThrow().signature());
      return own.isOf(text(decision, system, run), signature);
    } catch (IllegalArgumentException e) {
      return false; // no base64: no signature
    }
  }

  private static byte[] text(Decision decision, String system, RunId run) {
    return decision.vouchedText(system, run).getBytes(StandardCharsets.UTF_8);
  }
}
