package dev.resurge.workflows.forecast;

import dev.resurge.workflows.model.Expected;
import java.time.Duration;

/**
 * Between how much and how much time.
 *
 * @param runs how many earlier runs say so; of several together the fewest
 */
record Range(Duration least, Duration most, int runs) {
  /** One after the other. */
  Range then(Range next) {
    return new Range(least.plus(next.least), most.plus(next.most), Math.min(runs, next.runs));
  }

  /** Both at once. */
  Range beside(Range other) {
    return new Range(
        longer(least, other.least), longer(most, other.most), Math.min(runs, other.runs));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  Expected of(String what) {
    return new Expected(what, least, most, runs);
  }
}
