package dev.resurge.workflows.forecast;

import dev.resurge.workflows.model.ByteSize;
import java.time.Duration;

/**
 * Something done once.
 *
 * @param bytes how much data it moved; 0 if it moved none that was counted
 */
public record Sample(Duration took, ByteSize bytes) {
  /**
   * What a step costs whatever it moves, as an amount of data: beside it a few kilobytes more or
   * less say nothing of how long the step will take.
   */
  private static final double ALWAYS = 16 * 1024 * 1024;

  /** How long the same would take for another amount, at the same rate. */
  Duration forBytes(ByteSize wanted) {
    if (bytes.bytes() == 0 || wanted.bytes() == 0) {
      return took;
    }
    var times = (ALWAYS + wanted.bytes()) / (ALWAYS + bytes.bytes());
    return Duration.ofMillis(Math.round(took.toMillis() * times));
  }
}
