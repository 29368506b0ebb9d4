package dev.resurge.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One figure, measured several times. */
final class Series {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /** Adds seconds. */
  void addTime(Duration time) {
    add(time.toNanos() / 1e9);
  }

  void addBytes(long bytes) {
    add((double) bytes);
  }

  /** Whether there is a value; without one there is no median. */
  boolean isMeasured() {
    return !values.isEmpty();
  }

  /** The middle one; of an even number the mean of the two in the middle. */
  double median() {
    var sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The biggest one. */
  double worst() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
