package dev.resurge.activities.component.postgres.model;

import java.time.Duration;

/** Values of the server's parameters. */
final class Settings {
  private Settings() {}

  /** {@code 5s}, {@code 200ms}, or milliseconds. */
  static Duration duration(String text) {
    if (text.endsWith("ms")) {
      return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
    }
    return text.endsWith("s")
        ? Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)))
        : Duration.ofMillis(Long.parseLong(text));
  }
}
