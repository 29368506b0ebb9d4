package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Step;
import java.util.List;
import java.util.Optional;

/**
 * How a capture ended. It never waits for people: it holds the data lock.
 *
 * @param set the committed set; empty if it failed
 * @param failure why there is no set
 * @param stopped the workloads that it stopped and could not start again
 * @param hookFailure the set is good, but a hook after the capture failed
 */
public record CaptureResult(
    Optional<SetSummary> set,
    Optional<Evidence.Failure> failure,
    Optional<Evidence.Failure> hookFailure,
    List<String> stopped,
    List<Step> steps) {
  public CaptureResult {
    stopped = List.copyOf(stopped);
    steps = List.copyOf(steps);
  }
}
