package dev.resurge.workflows.readiness;

import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Trial;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges from sets and evidence whether a system could be brought back. */
public final class ReadinessRules {
  /** Nothing is wrong with a system whose run a person did not want. */
  private static final Set<Verdict> NOTHING_TO_LOOK_AT =
      EnumSet.of(Verdict.PASS, Verdict.REJECTED, Verdict.ABORTED);

  private final Runbook runbook;

  /** With a runbook's objectives as they are now. */
  public ReadinessRules(Runbook runbook) {
    this.runbook = runbook;
  }

  /**
   * What there is to judge from.
   *
   * @param newest the set that a restore would take
   * @param lastProof the newest evidence that {@link #proves}
   * @param lastOfEach the newest evidence of each procedure
   * @param troubles what else was found, one line each
   */
  public record Facts(
      Optional<SetSummary> newest,
      Optional<Evidence> lastProof,
      List<Evidence> lastOfEach,
      List<String> troubles) {
    public Facts {
      lastOfEach = List.copyOf(lastOfEach);
      troubles = List.copyOf(troubles);
    }
  }

  /** Whether a run showed that a whole set can be brought back, however long it took. */
  public static boolean proves(Evidence evidence) {
    var cameBack =
        evidence.verdict() == Verdict.PASS || evidence.verdict() == Verdict.FAIL_OBJECTIVE;
    return cameBack
        && took(evidence).isPresent()
        && evidence.plan().map(p -> isWhole(p, evidence)).orElse(true);
  }

  /** Going back to what a run retained, or bringing back a part, is no proof for the set. */
  private static boolean isWhole(Plan plan, Evidence evidence) {
    var planned = plan.components().stream().map(Plan.ComponentPlan::component).toList();
    return plan.fromRetained().isEmpty()
        && evidence.parts().isEmpty()
        && evidence.set().map(set -> planned.containsAll(set.components())).orElse(true);
  }

  /** How long that took; of what was declared, from there on. */
  private static Optional<Duration> took(Evidence evidence) {
    if (evidence.procedure().recovers()) {
      var clocks = evidence.clocks();
      return clocks
          .healthy()
          .map(healthy -> Duration.between(clocks.declared().orElse(clocks.requested()), healthy));
    }
    return evidence.trial().flatMap(Trial::verified);
  }

  /** Nothing could be read, so nothing is proven. */
  public Readiness unread(String why) {
    return readiness(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(why));
  }

  /** The judgement at a moment. */
  public Readiness judge(Facts facts, Instant now) {
    var age =
        facts
            .newest()
            .map(set -> Duration.between(set.recoveryPoint(), now))
            .map(a -> a.isNegative() ? Duration.ZERO : a);
    var due = facts.lastProof().map(last -> last.ended().plus(every()));
    return readiness(facts.newest(), age, facts.lastProof(), due, findings(facts, due, now));
  }

  private Readiness readiness(
      Optional<SetSummary> newest,
      Optional<Duration> age,
      Optional<Evidence> lastProof,
      Optional<Instant> due,
      List<String> findings) {
    var objectives = runbook.spec().objectives();
    return new Readiness(
        runbook.system(),
        newest.map(SetSummary::set),
        Measure.of("recovery point", age, objectives.rpo()),
        lastProof.map(last -> new Readiness.Proof(last.run(), last.procedure(), last.ended())),
        Measure.of("recovery time", lastProof.flatMap(ReadinessRules::took), objectives.rto()),
        due,
        findings);
  }

  private Duration every() {
    return runbook.spec().verify().drillEvery();
  }

  private List<String> findings(Facts facts, Optional<Instant> due, Instant now) {
    var findings = new ArrayList<>(facts.troubles());
    if (facts.newest().isEmpty()) {
      findings.add("there is no good set");
    }
    if (due.isEmpty()) {
      findings.add("no restore was ever proven: ./resurge drill " + runbook.system());
    } else if (due.get().isBefore(now)) {
      findings.add(
          "a test of restoring was due at " + due.get() + ": ./resurge drill " + runbook.system());
    }
    for (var last : facts.lastOfEach()) {
      if (!NOTHING_TO_LOOK_AT.contains(last.verdict())) {
        findings.add(
            "the last "
                + last.procedure().id()
                + " ended with "
                + last.verdict().id()
                + ": "
                + last.summary()
                + " (./resurge report "
                + last.run()
                + ")");
      }
    }
    return List.copyOf(findings);
  }
}
