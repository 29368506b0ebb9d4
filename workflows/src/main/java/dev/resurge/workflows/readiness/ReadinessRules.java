package dev.resurge.workflows.readiness;

import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.SetSummary;
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
   * @param lastProof the newest run that is {@link LastRun#proven}
   * @param lastOfEach the newest run of each procedure
   * @param troubles what else was found, one line each
   */
  public record Facts(
      Optional<SetSummary> newest,
      Optional<LastRun> lastProof,
      List<LastRun> lastOfEach,
      List<String> troubles) {
    public Facts {
      lastOfEach = List.copyOf(lastOfEach);
      troubles = List.copyOf(troubles);
    }
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
      Optional<LastRun> lastProof,
      Optional<Instant> due,
      List<String> findings) {
    var objectives = runbook.spec().objectives();
    return new Readiness(
        runbook.system(),
        newest.map(SetSummary::set),
        Measure.of("recovery point", age, objectives.rpo()),
        lastProof.map(last -> new Readiness.Proof(last.run(), last.procedure(), last.ended())),
        Measure.of("recovery time", lastProof.flatMap(LastRun::proven), objectives.rto()),
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
