package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The report of one run; signed when it is written. Also a refused, rejected, aborted or failed run
 * has one.
 *
 * @param set the set made, restored or verified
 * @param safetySet the set made of the live data before it was replaced
 * @param waitedFor who held what this run waited for
 * @param retained what was kept and where
 * @param parts single tables or files that were brought back
 * @param trial what trying the set showed, if it was tried
 * @param failure type and message of what ended the run, if something did
 */
public record Evidence(
    int formatVersion,
    RunId run,
    Procedure procedure,
    String system,
    String installation,
    String resurgeVersion,
    Verdict verdict,
    String summary,
    Person requester,
    Optional<String> reason,
    String runbookDigest,
    Optional<SetSummary> set,
    Optional<SetSummary> safetySet,
    Optional<Plan> plan,
    List<Finding> findings,
    List<DecisionRecord> decisions,
    List<Step> steps,
    List<CheckResult> checks,
    List<Retained> retained,
    List<BroughtPart> parts,
    Optional<Trial> trial,
    List<String> waitedFor,
    List<String> notes,
    Clocks clocks,
    List<Measure> measures,
    Optional<Failure> failure,
    Instant ended) {
  /** The newest format this version writes and reads. */
  public static final int FORMAT_VERSION = 1;

  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public Evidence {
    findings = List.copyOf(findings);
    decisions = List.copyOf(decisions);
    steps = List.copyOf(steps);
    checks = List.copyOf(checks);
    retained = List.copyOf(retained);
    parts = parts == null ? List.of() : List.copyOf(parts);
    trial = trial == null ? Optional.empty() : trial;
    waitedFor = List.copyOf(waitedFor);
    notes = List.copyOf(notes);
    measures = List.copyOf(measures);
  }

  /** The same report with its steps told more exactly. */
  public Evidence withSteps(List<Step> told) {
    return new Evidence(
        formatVersion,
        run,
        procedure,
        system,
        installation,
        resurgeVersion,
        verdict,
        summary,
        requester,
        reason,
        runbookDigest,
        set,
        safetySet,
        plan,
        findings,
        decisions,
        told,
        checks,
        retained,
        parts,
        trial,
        waitedFor,
        notes,
        clocks,
        measures,
        failure,
        ended);
  }

  /** What ended a run. */
  public record Failure(String type, String message, String remedy) {}
}
