package dev.resurge.workflows.procedure;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a cut over ended.
 *
 * @param failure what made it stop or go back
 * @param safetySet of the data that was replaced, where it was made in between
 * @param waited how long it waited for people
 */
public record CutOverResult(
    Outcome outcome,
    Optional<Evidence.Failure> failure,
    Optional<Instant> quiesced,
    Optional<Instant> cutOver,
    Optional<Instant> healthy,
    List<CheckResult> checks,
    List<Retained> retained,
    Optional<SetSummary> safetySet,
    List<Step> steps,
    List<DecisionRecord> decisions,
    Duration waited) {
  /** Which data is live. */
  public enum Outcome {
    /** The restored data, and the system is healthy. */
    @JsonProperty("healthy")
    HEALTHY,
    /** The old data, again. */
    @JsonProperty("swapped-back")
    SWAPPED_BACK,
    /** The old data, still: nothing was stopped or moved. */
    @JsonProperty("not-begun")
    NOT_BEGUN
  }

  public CutOverResult {
    checks = List.copyOf(checks);
    retained = List.copyOf(retained);
    steps = List.copyOf(steps);
    decisions = List.copyOf(decisions);
  }
}
