package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.CheckResult;
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
