package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a run's timeline.
 *
 * @param bytes how much data it moved, where that was counted
 */
public record Step(
    String name,
    Optional<String> component,
    Instant start,
    Optional<Instant> end,
    int attempts,
    Outcome outcome,
    Optional<String> detail,
    Optional<ByteSize> bytes) {
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public Step {
    bytes = bytes == null ? Optional.empty() : bytes;
  }

  /** One that moved no data, or none yet. */
  public Step(
      String name,
      Optional<String> component,
      Instant start,
      Optional<Instant> end,
      int attempts,
      Outcome outcome,
      Optional<String> detail) {
    this(name, component, start, end, attempts, outcome, detail, Optional.empty());
  }

  /** What the step is called with its component: {@code stage database}. */
  public static String label(String name, Optional<String> component) {
    return name + component.map(c -> " " + c).orElse("");
  }

  /** The same step, tried so many times. */
  public Step withAttempts(int count) {
    return new Step(name, component, start, end, count, outcome, detail, bytes);
  }

  /** How a step stands. */
  public enum Outcome {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("done")
    DONE,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("skipped")
    SKIPPED,
    @JsonProperty("waiting")
    WAITING,
    /** Not work but something to know, such as an escalation. */
    @JsonProperty("note")
    NOTE
  }
}
