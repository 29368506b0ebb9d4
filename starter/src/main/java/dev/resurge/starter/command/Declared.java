package dev.resurge.starter.command;

import dev.resurge.starter.Moments;
import dev.resurge.starter.World;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --declared}, of commands that bring a system back after an outage. */
final class Declared {
  @Option(
      names = "--declared",
      paramLabel = "TIME",
      description =
          "When the outage began: 2026-11-21T03:15:00Z, 03:15, '10m ago' or now. Recovery time is"
              + " measured from then.")
  private String moment;

  /** When the outage began, if it was said. */
  Optional<Instant> given(World world) {
    return Optional.ofNullable(moment)
        .map(text -> Moments.parse(text, world.clock().instant(), world.zone()));
  }
}
