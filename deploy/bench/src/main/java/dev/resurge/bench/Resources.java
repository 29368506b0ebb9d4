package dev.resurge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What lies beside these classes. */
final class Resources {
  private Resources() {}

  /** A text of this package. */
  static String text(String name) throws IOException {
    try (var content = Resources.class.getResourceAsStream(name)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
