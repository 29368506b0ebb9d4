package dev.resurge.starter.view;

import dev.resurge.workflows.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as the command line writes them: UTC, to the second. */
public final class Times {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Times() {}

  /** {@code 2026-11-21 03:15:00Z}. */
  public static String text(Instant instant) {
    return FORM.format(instant);
  }

  /** {@code 1 h 15 min} between the two; nothing less than none where clocks differ a little. */
  public static String between(Instant from, Instant to) {
    return Durations.human(to.isBefore(from) ? Duration.ZERO : Duration.between(from, to));
  }
}
