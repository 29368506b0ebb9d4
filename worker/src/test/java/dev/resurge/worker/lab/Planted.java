package dev.resurge.worker.lab;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A secret that is found wherever it comes out: as it is, in an address, in hex, and in base64 even
 * if something else was encoded with it.
 *
 * @param what it is, for messages
 */
record Planted(String what, String value) {
  /** A new one, with characters that an address would escape. */
  static Planted secret(String what) {
    return new Planted(what, "P+" + UUID.randomUUID().toString().replace("-", "") + "/=z");
  }

  /** A new one that can stand in an address. */
  static Planted token(String what) {
    return new Planted(what, "T" + UUID.randomUUID().toString().replace("-", ""));
  }

  /** All that gives it away. */
  List<String> forms() {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    var hex = HexFormat.of().formatHex(bytes);
    var forms =
        new ArrayList<>(
            List.of(
                value,
                URLEncoder.encode(value, StandardCharsets.UTF_8),
                hex,
                hex.toUpperCase(Locale.ROOT)));
    for (int shift = 0; shift < 3; shift++) {
      forms.add(within(Base64.getEncoder(), bytes, shift));
      forms.add(within(Base64.getUrlEncoder(), bytes, shift));
    }
    return forms.stream().distinct().toList();
  }

  /** The characters of base64 that these bytes alone decide, after so many bytes of something. */
  private static String within(Base64.Encoder encoder, byte[] bytes, int shift) {
    var shifted = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    var encoded = encoder.withoutPadding().encodeToString(Arrays.copyOf(shifted, shifted.length));
    return encoded.substring((shift * 8 + 5) / 6, shifted.length * 8 / 6);
  }
}
