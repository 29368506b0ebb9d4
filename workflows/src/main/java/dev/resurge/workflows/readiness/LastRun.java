package dev.resurge.workflows.readiness;

import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Trial;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run ended: what readiness asks of its evidence, small enough to be kept in memory for
 * hundreds of systems.
 *
 * @param proven how long bringing a whole set back took, from what was declared on if it was; empty
 *     if the run does not show that one can be brought back
 */
public record LastRun(
    RunId run,
    Procedure procedure,
    Verdict verdict,
    String summary,
    Instant ended,
    Optional<Duration> proven) {
  /** What a report says. */
  public static LastRun of(Evidence evidence) {
    return new LastRun(
        evidence.run(),
        evidence.procedure(),
        evidence.verdict(),
        evidence.summary(),
        evidence.ended(),
        cameBack(evidence) ? took(evidence) : Optional.empty());
  }

  /** A whole set was brought back, however long it took. */
  private static boolean cameBack(Evidence evidence) {
    return (evidence.verdict() == Verdict.PASS || evidence.verdict() == Verdict.FAIL_OBJECTIVE)
        && evidence.plan().map(plan -> isWhole(plan, evidence)).orElse(true);
  }

  /** Going back to what a run retained, or bringing back a part, is no proof for the set. */
  private static boolean isWhole(Plan plan, Evidence evidence) {
    var planned = plan.components().stream().map(Plan.ComponentPlan::component).toList();
    return plan.fromRetained().isEmpty()
        && evidence.parts().isEmpty()
        && evidence.set().map(set -> planned.containsAll(set.components())).orElse(true);
  }

  private static Optional<Duration> took(Evidence evidence) {
    if (evidence.procedure().recovers()) {
      return untilHealthy(evidence.clocks());
    }
    return evidence.trial().flatMap(Trial::verified);
  }

  private static Optional<Duration> untilHealthy(Clocks clocks) {
    return clocks
        .healthy()
        .map(healthy -> Duration.between(clocks.declared().orElse(clocks.requested()), healthy));
  }
}
