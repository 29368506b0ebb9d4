package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.runbook.Check;
import java.time.Duration;
import java.util.List;

/** Questions that a person answers once the restored system is healthy. */
final class ManualChecks {
  private final Conducted of;
  private final Approvals approvals;
  private final String goBack;

  /**
   * @param goBack the command that brings the old data back
   */
  ManualChecks(Conducted of, Approvals approvals, String goBack) {
    this.of = of;
    this.approvals = approvals;
    this.goBack = goBack;
  }

  void ask() {
    for (var check : of.runbook().spec().checks()) {
      if (check instanceof Check.Manual manual) {
        of.phase("manual checks");
        while (!passes(manual) && !givenUp(manual)) {
          // asked again
        }
      }
    }
  }

  private boolean passes(Check.Manual manual) {
    var since = of.people().now();
    var answered = new boolean[1];
    approvals.remind(
        manual.within(), () -> answered[0], "nobody has answered: " + manual.question());
    var answer = of.people().ask(Question.Kind.MANUAL, manual.question(), List.of("yes", "no"));
    answered[0] = true;
    of.throwIfEnded();
    of.draft()
        .checks()
        .add(
            new CheckResult(
                manual.name(),
                "healthy",
                answer.equals("yes"),
                "yes: " + manual.question(),
                answer,
                Duration.between(since, of.people().now()),
                of.people().desk().chooser()));
    return answer.equals("yes");
  }

  private boolean givenUp(Check.Manual manual) {
    var next =
        of.people()
            .ask(
                Question.Kind.PARKED,
                "'"
                    + manual.question()
                    + "' was answered no. The restored data is live. To go back: "
                    + goBack,
                List.of("retry", "skip"));
    of.throwIfEnded();
    if (next.equals("retry")) {
      return false;
    }
    of.draft().flawed(Verdict.FAIL_INTEGRITY, "manual check " + manual.name() + " was answered no");
    return true;
  }
}
