package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Trial;
import dev.resurge.workflows.model.Trial.Outcome;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.runbook.Component;
import io.temporal.failure.TemporalFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tries a set: restores it beside the live data, which is not touched, looks whether it is what was
 * captured and passes the runbook's checks, and removes it again with proof. Nobody waits for a
 * try, so nothing parks: what fails is its result.
 */
final class DataDrill {
  /** What says something about the set rather than about what the try needed. */
  private static final Set<ErrorType> OF_THE_SET =
      EnumSet.of(
          ErrorType.SET_CORRUPT,
          ErrorType.ARCHIVE_UNSAFE,
          ErrorType.SET_FORGED,
          ErrorType.VERIFICATION_FAILED);

  private final Conducted of;
  private final Copies copies;
  private final List<String> issues = new ArrayList<>();
  private final List<String> actions = new ArrayList<>();
  private final List<String> proved = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private Outcome verification = Outcome.NOT_DONE;
  private Outcome checks = Outcome.NOT_DONE;
  private Optional<Instant> began = Optional.empty();
  private Optional<Duration> staged = Optional.empty();
  private Optional<Duration> verified = Optional.empty();

  DataDrill(Conducted of) {
    this.of = of;
    this.copies = new Copies(of);
  }

  /**
   * Restores the set, verifies and checks the copies; what does not pass flaws the run.
   *
   * @throws TemporalFailure for what says nothing about the set, such as a database server that is
   *     away
   */
  void run(SetSummary set) {
    began = Optional.of(of.people().now());
    try {
      of.phase("staging");
      copies.stage(set.set());
      staged = sinceBeginning();
      verification = take(copies.verify(set.set()), ErrorType.VERIFICATION_FAILED.remedy());
      checks = take(copies.ask(), "Find out whether data or check is wrong: " + evidenceHint());
    } catch (TemporalFailure e) {
      var failure = Failures.describe(e);
      if (!Failures.isCancellation(e)) {
        issues.add(failure.type() + ": " + failure.message());
        actions.add(failure.remedy());
      }
      if (!OF_THE_SET.contains(Failures.typeOf(e))) {
        throw e;
      }
      turnedOutCorrupt(set, Failures.typeOf(e), failure.message());
    }
    if (issues.isEmpty()) {
      verified = sinceBeginning();
    }
  }

  private static String evidenceHint() {
    return "the report has what was expected and found.";
  }

  private Outcome take(List<CheckResult> results, String action) {
    of.draft().checks().addAll(results);
    var failed = results.stream().filter(CheckResult::fails).map(Checks::describe).toList();
    if (!failed.isEmpty()) {
      issues.addAll(failed);
      actions.add(action);
      of.draft().flawed(Verdict.FAIL_INTEGRITY, failed.getFirst());
      return Outcome.FAILED;
    }
    return results.isEmpty() ? Outcome.NOT_DONE : Outcome.PASSED;
  }

  /** As Verify does; a copy that merely fails a check may be the check's fault. */
  private void turnedOutCorrupt(SetSummary set, ErrorType type, String why) {
    of.draft().flawed(Verdict.FAIL_INTEGRITY, why);
    if (type == ErrorType.SET_CORRUPT || type == ErrorType.ARCHIVE_UNSAFE) {
      markBad(of, set, why);
    }
  }

  /** From now on nobody takes it for the latest. */
  static void markBad(Conducted of, SetSummary set, String why) {
    of.steps()
        .step("mark set bad")
        .run(StageActivities.class, a -> a.markBad(of.theRun(), set.set(), why));
  }

  private Optional<Duration> sinceBeginning() {
    return began.map(since -> Duration.between(since, of.people().now()));
  }

  /** Removes all copies and proves that nothing is left, however the try ended. */
  void tearDown() {
    if (began.isEmpty()) {
      return;
    }
    of.phase("tearing down");
    var parts = of.components().stream().map(this::part).toList();
    if (copies.begun()) {
      of.components().forEach(this::tearDown);
    }
    if (!left.isEmpty()) {
      issues.addAll(left);
      actions.add(
          "Remove by hand what is left; only what bears the mark of run " + of.theRun().id() + ".");
      of.draft().flawed(Verdict.FAILED, String.join("; ", left));
    }
    of.draft().trial(trial(parts));
  }

  private void tearDown(Component component) {
    var name = component.name();
    var why = "";
    try {
      of.steps()
          .step("tear down", name)
          .run(StageActivities.class, a -> a.discardStaged(of.theRun(), name));
    } catch (TemporalFailure e) {
      why = ": " + Failures.describe(e).message();
    }
    try {
      var there =
          of.steps()
              .step("prove nothing is left", name)
              .ask(
                  StageActivities.class,
                  a -> a.stillStaged(of.theRun(), name),
                  found -> found.isEmpty() ? "nothing" : String.join(", ", found));
      if (there.isEmpty()) {
        proved.add(name);
      } else {
        left.add("left of " + name + ": " + String.join(", ", there) + why);
      }
    } catch (TemporalFailure e) {
      left.add(
          "whether anything is left of "
              + name
              + place(name).map(place -> " (" + place + ")").orElse("")
              + " is not known: "
              + Failures.describe(e).message());
    }
  }

  private Trial trial(List<Trial.Part> parts) {
    return new Trial(
        parts,
        verification,
        checks,
        staged,
        verified,
        issues,
        actions,
        new Trial.TearDown(proved, left),
        Optional.of(of.theRun().requested().plus(of.runbook().spec().verify().drillEvery())));
  }

  private Trial.Part part(Component component) {
    var name = component.name();
    var copy = copy(name);
    return new Trial.Part(
        name,
        copy.isPresent() ? Outcome.PASSED : issues.isEmpty() ? Outcome.NOT_DONE : Outcome.FAILED,
        place(name),
        copy.map(StagedCopy::size),
        Optional.ofNullable(copies.took().get(name)));
  }

  private Optional<String> place(String component) {
    return copy(component).map(StagedCopy::name);
  }

  private Optional<StagedCopy> copy(String component) {
    return copies.all().stream().filter(c -> c.component().equals(component)).findFirst();
  }

  /** Whether all that was tried stood, verified and checked. */
  boolean passed() {
    return verified.isPresent();
  }

  /** For summaries of runs that passed. */
  String words() {
    return verified
        .map(took ->
            " Restored and verified in "
                + Durations.human(took)
                + "; nothing of the copies is left.")
        .orElse("");
  }
}
