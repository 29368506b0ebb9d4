package dev.resurge.worker.console;

import dev.resurge.workflows.model.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The upright axis of a chart: from zero to a round number above all values, in at most five steps.
 *
 * @param step between two ticks, in milliseconds or bytes
 */
record Axis(Unit unit, long step, int steps) {
  private static final int MOST_STEPS = 4;

  /** What is drawn. */
  enum Unit {
    TIME,
    BYTES
  }

  private static final List<Duration> TIME_STEPS =
      List.of(
          Duration.ofMillis(10),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofDays(90),
          Duration.ofDays(365));

  /** One that reaches the highest value. */
  static Axis of(Unit unit, long highest) {
    var step = candidates(unit).filter(candidate -> candidate * MOST_STEPS >= highest).findFirst();
    var chosen = step.orElse(Math.max(1, highest / MOST_STEPS + 1));
    return new Axis(unit, chosen, (int) Math.max(1, Math.ceilDiv(highest, chosen)));
  }

  private static LongStream candidates(Unit unit) {
    return switch (unit) {
      case TIME -> TIME_STEPS.stream().mapToLong(Duration::toMillis);
      case BYTES ->
          IntStream.rangeClosed(0, 15)
              .mapToLong(digits -> (long) Math.pow(10, digits))
              .flatMap(ten -> LongStream.of(ten, 2 * ten, 5 * ten));
    };
  }

  /** The highest value that it shows. */
  long top() {
    return step * steps;
  }

  /** What stands beside the tick. */
  String label(int tick) {
    var value = step * tick;
    if (value == 0) {
      return "0";
    }
    return unit == Unit.BYTES ? new ByteSize(value).human() : label(Duration.ofMillis(value));
  }

  /** In the unit of the step, so that all ticks speak of the same. */
  private String label(Duration value) {
    var one = Duration.ofMillis(step);
    if (one.toSeconds() == 0) {
      return String.format(Locale.ROOT, "%.2f s", value.toMillis() / 1000.0);
    }
    if (one.toMinutes() == 0) {
      return value.toSeconds() + " s";
    }
    if (one.toHours() == 0) {
      return value.toMinutes() + " min";
    }
    return one.toDays() == 0 ? value.toHours() + " h" : value.toDays() + " d";
  }

  /** A value in words, exact enough for people. */
  String words(long value) {
    return unit == Unit.BYTES ? new ByteSize(value).human() : Said.span(Duration.ofMillis(value));
  }
}
