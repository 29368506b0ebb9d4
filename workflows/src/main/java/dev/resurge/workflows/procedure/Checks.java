package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What check results come to. */
final class Checks {
  private Checks() {}

  /** For timelines: {@code 5 of 5 passed}. */
  static String words(List<CheckResult> results) {
    return results.isEmpty()
        ? "nothing to check"
        : results.stream().filter(CheckResult::passed).count()
            + " of "
            + results.size()
            + " passed";
  }

  /** What staging came to, for who approves: how long it took and what was found. */
  static String ofStaging(List<CheckResult> all, Duration took) {
    return "staged: the restored copy stands, "
        + Durations.human(took)
        + " after the run began; checks of it: "
        + words(all.stream().filter(result -> result.when().equals("staged")).toList());
  }

  /** The first that did not pass. */
  static Optional<CheckResult> failed(List<CheckResult> results) {
    return results.stream().filter(result -> !result.passed()).findFirst();
  }

  /** For messages: what was expected and what was found. */
  static String describe(CheckResult failed) {
    return "check '"
        + failed.check()
        + "' expected "
        + failed.expected()
        + ", found "
        + failed.actual();
  }
}
