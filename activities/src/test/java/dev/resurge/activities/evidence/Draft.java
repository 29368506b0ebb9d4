package dev.resurge.activities.evidence;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Trial;
import dev.resurge.workflows.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Evidence in the making: a sample says only what makes it different. */
final class Draft {
  private final Procedure procedure;
  private final Verdict verdict;
  private int day = 21;
  private String summary = "";
  private Person requester = SampleParts.ALICE;
  private Optional<String> reason = Optional.empty();
  private Optional<SetSummary> set = Optional.empty();
  private Optional<SetSummary> safetySet = Optional.empty();
  private Optional<Plan> plan = Optional.empty();
  private List<Finding> findings = List.of();
  private List<DecisionRecord> decisions = List.of();
  private List<Step> steps = List.of();
  private List<CheckResult> checks = List.of();
  private List<Retained> retained = List.of();
  private Optional<Trial> trial = Optional.empty();
  private List<String> waitedFor = List.of();
  private List<String> notes = List.of();
  private Clocks clocks = SampleParts.requestedOnly();
  private List<Measure> measures = List.of();
  private Optional<Evidence.Failure> failure = Optional.empty();
  private Instant ended = EvidenceSamples.REQUESTED;

  Draft(Procedure procedure, Verdict verdict) {
    this.procedure = procedure;
    this.verdict = verdict;
  }

  /** Of November, from 10 on. */
  Draft day(int value) {
    day = value;
    return this;
  }

  Draft summary(String value) {
    summary = value;
    return this;
  }

  Draft requester(Person value) {
    requester = value;
    return this;
  }

  Draft reason(String value) {
    reason = Optional.of(value);
    return this;
  }

  Draft set(SetSummary value) {
    set = Optional.of(value);
    return this;
  }

  Draft safetySet(SetSummary value) {
    safetySet = Optional.of(value);
    return this;
  }

  Draft plan(Plan value) {
    plan = Optional.of(value);
    return this;
  }

  Draft findings(List<Finding> value) {
    findings = value;
    return this;
  }

  Draft decisions(List<DecisionRecord> value) {
    decisions = value;
    return this;
  }

  Draft steps(List<Step> value) {
    steps = value;
    return this;
  }

  Draft checks(List<CheckResult> value) {
    checks = value;
    return this;
  }

  Draft retained(List<Retained> value) {
    retained = value;
    return this;
  }

  Draft trial(Trial value) {
    trial = Optional.of(value);
    return this;
  }

  Draft waitedFor(List<String> value) {
    waitedFor = value;
    return this;
  }

  Draft notes(List<String> value) {
    notes = value;
    return this;
  }

  Draft ended(Instant value) {
    ended = value;
    return this;
  }

  Draft clocks(Clocks value, List<Measure> measured) {
    clocks = value;
    measures = measured;
    return this;
  }

  Draft failure(ErrorType type, String message) {
    failure = Optional.of(new Evidence.Failure(type.id(), message, type.remedy()));
    return this;
  }

  Evidence evidence() {
    return new Evidence(
        Evidence.FORMAT_VERSION,
        new RunId("202611" + day + "T031500Z-" + procedure.id() + "-7f2c"),
        procedure,
        "library",
        "reading-room",
        "0.1.0",
        verdict,
        summary,
        requester,
        reason,
        SampleParts.DIGEST.replace('a', '0'),
        set,
        safetySet,
        plan,
        findings,
        decisions,
        steps,
        checks,
        retained,
        List.of(),
        trial,
        waitedFor,
        notes,
        clocks,
        measures,
        failure,
        ended);
  }
}
