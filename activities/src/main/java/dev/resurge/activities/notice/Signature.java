package dev.resurge.activities.notice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** By what a webhook's receiver knows that a body is ours and how old it is. */
final class Signature {
  private Signature() {}

  /** {@code sha256=} and the HMAC-SHA256 of {@code timestamp.body} in hex. */
  static String of(String key, Instant at, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp(at) + ".").getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** Seconds since 1970. */
  static String timestamp(Instant at) {
    return Long.toString(at.getEpochSecond());
  }
}
