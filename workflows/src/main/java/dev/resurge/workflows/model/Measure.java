package dev.resurge.workflows.model;

import java.time.Duration;
import java.util.Optional;

/**
 * One measured duration beside its objective.
 *
 * @param actual empty if it was not measured; never counted as met
 * @param met empty if there is no objective or no measurement
 */
public record Measure(
    String name, Optional<Duration> actual, Optional<Duration> objective, Optional<Boolean> met) {
  /** Compares {@code actual} with {@code objective}. */
  public static Measure of(String name, Optional<Duration> actual, Optional<Duration> objective) {
    return new Measure(
        name, actual, objective, actual.flatMap(a -> objective.map(o -> a.compareTo(o) <= 0)));
  }
}
