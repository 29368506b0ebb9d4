package dev.resurge.starter;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/** When something began, as people say it at 3 a.m. */
public final class Moments {
  private static final String AGO = " ago";

  private Moments() {}

  /**
   * Reads {@code 2026-11-21T03:15:00Z}, the same with an offset or (in {@code zone}) with none,
   * {@code 03:15} (the last time it was that), {@code 10m ago}, {@code now}.
   *
   * @throws ResurgeException {@code InputInvalid} for anything else and for the future
   */
  public static Instant parse(String text, Instant now, ZoneId zone) {
    var trimmed = text.strip();
    var moment =
        relative(trimmed, now)
            .or(() -> attempt(() -> OffsetDateTime.parse(trimmed).toInstant()))
            .or(() ->
                attempt(
                    () -> LocalDateTime.parse(trimmed.replace(' ', 'T')).atZone(zone).toInstant()))
            .or(() -> attempt(() -> lastTime(LocalTime.parse(trimmed), now, zone)))
            .orElseThrow(() -> invalid(text, "is no time"));
    if (moment.isAfter(now)) {
      throw invalid(text, "lies in the future (" + moment + ")");
    }
    return moment;
  }

  private static Optional<Instant> relative(String text, Instant now) {
    if (text.equals("now")) {
      return Optional.of(now);
    }
    if (!text.endsWith(AGO)) {
      return Optional.empty();
    }
    try {
      var length = text.substring(0, text.length() - AGO.length()).replace(" ", "");
      return Optional.of(now.minus(Durations.parse(length)));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Today, or yesterday where that would be in the future. */
  private static Instant lastTime(LocalTime time, Instant now, ZoneId zone) {
    var today = now.atZone(zone).with(time);
    return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
  }

  private static Optional<Instant> attempt(Supplier<Instant> reading) {
    try {
      return Optional.of(reading.get());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ResurgeException invalid(String text, String why) {
    return new ResurgeException(
        ErrorType.INPUT_INVALID,
        "'" + text + "' " + why + "; write 2026-11-21T03:15:00Z, 03:15, '10m ago' or now");
  }
}
