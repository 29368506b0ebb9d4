package dev.resurge.worker.console;

import dev.resurge.workflows.model.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments and spans as the console says them, seen from one moment. */
record Said(Instant now) {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** {@code 2026-11-21 03:15 UTC}. */
  static String time(Instant moment) {
    return MINUTES.format(moment) + " UTC";
  }

  /** {@code 2026-11-21 03:15:07 UTC}. */
  static String exactly(Instant moment) {
    return SECONDS.format(moment) + " UTC";
  }

  /** As {@link Durations#human}, without a second part that is zero; {@code 27 ms} if so short. */
  static String span(Duration span) {
    return span.toMillis() < 100 && !span.isNegative()
        ? span.toMillis() + " ms"
        : Durations.human(span).replaceFirst("(?<= (?:min|h|d)) 0 (?:h|min|s)$", "");
  }

  /** {@code 3 h ago}, {@code in 29 d}: the first unit is enough for people. */
  String ago(Instant moment) {
    var past = !moment.isAfter(now);
    var span = Duration.between(past ? moment : now, past ? now : moment);
    var words = coarse(span);
    return past ? words + " ago" : "in " + words;
  }

  private static String coarse(Duration span) {
    if (span.toMinutes() == 0) {
      return span.toSeconds() + " s";
    }
    if (span.toHours() == 0) {
      return span.toMinutes() + " min";
    }
    return span.toDays() < 2 ? span.toHours() + " h" : span.toDays() + " d";
  }

  /** {@code 2026-11-21 03:15 UTC, 3 h ago}. */
  String timeAndAge(Instant moment) {
    return time(moment) + ", " + ago(moment);
  }

  /** How old it is; of what lies ahead nothing. */
  Duration age(Instant moment) {
    return moment.isAfter(now) ? Duration.ZERO : Duration.between(moment, now);
  }
}
