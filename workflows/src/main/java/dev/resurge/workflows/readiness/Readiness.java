package dev.resurge.workflows.readiness;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a system could be brought back now, as far as its store can prove it.
 *
 * @param lastGood the newest set that a restore would take
 * @param recoveryPoint how old its data is, beside the objective
 * @param proof the last run that brought the data back, in earnest or as a try
 * @param recoveryTime how long that took, beside the objective; of a try a bound from below
 * @param testDue when the next try is due; empty if there was none yet: it is due now
 * @param findings what somebody should look at, one line each
 */
public record Readiness(
    String system,
    Optional<SetId> lastGood,
    Measure recoveryPoint,
    Optional<Proof> proof,
    Measure recoveryTime,
    Optional<Instant> testDue,
    List<String> findings) {
  public Readiness {
    findings = List.copyOf(findings);
  }

  /**
   * A run that brought data back.
   *
   * @param at when it ended
   */
  public record Proof(RunId run, Procedure procedure, Instant at) {}

  /** Whether there is something to bring back, and every objective was measured and is met. */
  @JsonProperty("ready")
  public boolean ready() {
    return lastGood.isPresent()
        && Stream.of(recoveryPoint, recoveryTime)
            .allMatch(measure -> measure.objective().isEmpty() || measure.met().orElse(false));
  }
}
