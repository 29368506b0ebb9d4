package dev.resurge.worker.console;

import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.procedure.Measures;
import dev.resurge.workflows.readiness.LastRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the console shows of a run's report, small enough to be kept of many.
 *
 * @param proven how long bringing a whole set back took; empty if the run does not show it
 * @param recoveryPoint how old the data was that it brought back, if that was measured
 * @param made the set that the run made
 * @param about the set that it restored or tried
 */
record RunFacts(
    RunId run,
    Procedure procedure,
    Verdict verdict,
    String summary,
    Instant began,
    Instant ended,
    Optional<Duration> proven,
    Optional<Duration> recoveryPoint,
    Optional<SetSummary> made,
    Optional<SetId> about) {

  static RunFacts of(Evidence evidence) {
    var backup = evidence.procedure() == Procedure.BACKUP;
    return new RunFacts(
        evidence.run(),
        evidence.procedure(),
        evidence.verdict(),
        evidence.summary(),
        evidence.clocks().requested(),
        evidence.ended(),
        LastRun.of(evidence).proven(),
        evidence.measures().stream()
            .filter(measure -> measure.name().equals(Measures.RECOVERY_POINT))
            .flatMap(measure -> measure.actual().stream())
            .findFirst(),
        evidence.set().filter(set -> backup && madeBy(evidence, set)),
        backup ? Optional.empty() : evidence.set().map(SetSummary::set));
  }

  /** A backup that found nothing changed names the earlier set that stands for it. */
  private static boolean madeBy(Evidence evidence, SetSummary set) {
    return !set.captureStarted().isBefore(evidence.clocks().requested());
  }

  /** Whether it shows that its set is good. */
  boolean proves() {
    return about.isPresent()
        && (verdict == Verdict.PASS || verdict == Verdict.FAIL_OBJECTIVE)
        && procedure != Procedure.PRUNE;
  }
}
