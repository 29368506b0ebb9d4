package dev.resurge.workflows.forecast;

import dev.resurge.workflows.model.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long something took in earlier runs, the newest first.
 *
 * @param what a step's label
 */
public record Pace(String what, List<Sample> samples) {
  /** By how much one run alone may mislead, to both sides; several share it. */
  private static final double DOUBT = 0.5;

  public Pace {
    samples = List.copyOf(samples);
  }

  /**
   * From the fastest to the slowest of them, and wider the fewer they are.
   *
   * @param bytes how much data there is to be moved; empty: as much as the last time
   */
  Optional<Range> range(Optional<ByteSize> bytes) {
    if (samples.isEmpty()) {
      return Optional.empty();
    }
    var wanted = bytes.orElseGet(() -> samples.getFirst().bytes());
    var took = samples.stream().map(sample -> sample.forBytes(wanted)).sorted().toList();
    var doubt = DOUBT / samples.size();
    return Optional.of(
        new Range(
            times(took.getFirst(), 1 - doubt), times(took.getLast(), 1 + doubt), samples.size()));
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis(Math.round(duration.toMillis() * factor));
  }
}
