package dev.resurge.activities.evidence;

import static dev.resurge.activities.evidence.SampleParts.DATABASE;
import static dev.resurge.activities.evidence.SampleParts.at;
import static dev.resurge.activities.evidence.SampleParts.requestedOnly;
import static dev.resurge.activities.evidence.SampleParts.run;
import static dev.resurge.activities.evidence.SampleParts.step;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A report that tries to break out of every place it is shown in. */
final class HostileSample {
  private HostileSample() {}

  /** A run whose every free text tries to be markup, and is long, and not ASCII. */
  static Evidence evidence() {
    var nasty = "<script>alert('x')</script> | *bold* `code` [link](http://x) & Größe → 文\nnext";
    var clocks = requestedOnly();
    return new Draft(Procedure.RESTORE, Verdict.FAILED)
        .summary(nasty)
        .reason(nasty)
        .requester(new Person(nasty, nasty, false))
        .findings(List.of(Finding.error(ErrorType.RIGHTS_MISSING, nasty, nasty)))
        .decisions(
            List.of(
                new DecisionRecord(
                    at(1),
                    Decision.Kind.DECIDE,
                    nasty,
                    Optional.of(nasty),
                    new Person(nasty, "cli\u202egpj", true),
                    Optional.of(nasty),
                    false,
                    nasty)))
        .steps(List.of(step(nasty, nasty, 0, 10, Step.Outcome.FAILED, nasty)))
        .checks(
            List.of(
                new CheckResult(
                    nasty,
                    nasty,
                    false,
                    nasty,
                    "\u0000\u001b[31mred",
                    Duration.ZERO,
                    Optional.empty())))
        .retained(
            List.of(
                new Retained(
                    nasty, nasty, DATABASE, nasty, run(Procedure.RESTORE), new ByteSize(1))))
        .waitedFor(List.of(nasty))
        .notes(List.of(nasty))
        .clocks(clocks, List.of())
        .failure(ErrorType.PROGRAM_FAILED, nasty)
        .ended(at(20))
        .evidence();
  }
}
