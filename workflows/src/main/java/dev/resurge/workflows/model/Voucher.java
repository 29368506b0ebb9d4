package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Objects;

/**
 * A worker's signed word for who gave a {@link Decision}: it has checked the person's link, or
 * believes the proxy that logged the person in. It holds nothing that opens anything: the link
 * itself never leaves the worker.
 *
 * @param nonce of the link or form, which is used up by the decision
 * @param expires when the link or form does
 * @param signature base64 of the installation's Ed25519 signature of {@link
 *     Decision#vouchedText(String, RunId)}
 */
public record Voucher(Channel channel, String nonce, Instant expires, String signature) {
  /** How the worker knows. */
  public enum Channel {
    /** By a link that was made for that person. */
    @JsonProperty("link")
    LINK("link"),
    /** By the header of a trusted proxy. */
    @JsonProperty("login")
    LOGIN("login");

    private final String word;

    Channel(String word) {
      this.word = word;
    }

    /** As {@link Person#channel} has it. */
    public String word() {
      return word;
    }
  }

  public Voucher {
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(nonce, "nonce");
    Objects.requireNonNull(expires, "expires");
    Objects.requireNonNull(signature, "signature");
  }
}
