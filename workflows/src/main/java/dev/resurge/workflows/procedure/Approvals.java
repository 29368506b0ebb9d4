package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.model.Verdict;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A plan before people: asked for while the work goes on, awaited when nothing else is left. */
final class Approvals {
  private final Conducted of;

  Approvals(Conducted of) {
    this.of = of;
  }

  /** The question stands from now on; the work goes on meanwhile. */
  void ask(Plan plan) {
    of.people().propose(plan);
    var rules = of.runbook().spec().approval();
    var to = rules.escalateTo().isEmpty() ? "" : ", told " + String.join(", ", rules.escalateTo());
    remind(
        rules.escalateAfter(),
        () -> of.people().desk().approved().isPresent(),
        "not approved after " + Durations.human(rules.escalateAfter()) + to,
        of.people()::proposed);
  }

  /** Says so in the timeline, and to the next people, if nobody has answered the question then. */
  void remind(Duration after, Supplier<Boolean> settled, String words) {
    remind(
        after,
        settled,
        words,
        () ->
            of.people()
                .notices()
                .asked(of.people().desk().question().orElseThrow(), Severity.HIGH));
  }

  private void remind(
      Duration after, Supplier<Boolean> settled, String words, Supplier<Notice> asked) {
    Async.procedure(
            () -> {
              if (!Workflow.await(after, settled)) {
                of.people().timeline().note("escalated", words);
                of.people().escalate(asked.get(), words);
              }
            })
        .handle((nothing, cancelled) -> Optional.empty()); // it ends with the run
  }

  /** More is at stake than was approved: a new code, and what was approved before is void. */
  void renewWith(String warning) {
    of.people().propose(plan().withWarning(warning, Conversation.newCode(8)));
  }

  /** What was approved is not what stands there now. */
  void voidBecause(CheckResult failed) {
    of.people().propose(plan().again(Conversation.newCode(8)));
    throw new StepFailed(
        Failures.of(
            ErrorType.VERIFICATION_FAILED,
            Checks.describe(failed) + "; approvals given so far are void"));
  }

  /**
   * Waits until enough people have approved.
   *
   * @throws RunEnded {@code refused} if the approval expires
   */
  void await() {
    of.phase("waiting for approval");
    var people = of.people();
    var desk = people.desk();
    desk.renew(people.now());
    var since = people.now();
    int step =
        desk.approved().isPresent()
            ? -1
            : people.timeline().beginWaiting("wait for approval", "plan " + plan().code());
    if (step >= 0) {
      tellStaged();
    }
    people.waitFor(desk.expires().orElseThrow(), () -> desk.approved().isPresent());
    people.waitedToo(Duration.between(since, people.now()));
    of.throwIfEnded();
    if (desk.approved().isEmpty()) {
      people.timeline().failed(step, "expired");
      throw new RunEnded(
          Verdict.REFUSED,
          Failures.of(
              ErrorType.APPROVAL_EXPIRED,
              "plan " + plan().code() + " was not approved by " + desk.expires().orElseThrow()));
    }
    if (step >= 0) {
      people.timeline().done(step, Optional.empty());
    }
    of.draft().clocks().approved = desk.approved();
  }

  /** Where a copy was built, it stands and has passed by now: that is news for who approves. */
  private void tellStaged() {
    var people = of.people();
    var clocks = of.draft().clocks();
    clocks.staged.ifPresent(staged ->
        people
            .telling()
            .tell(
                people
                    .notices()
                    .staged(
                        plan(),
                        of.forecast(),
                        Checks.ofStaging(
                            of.draft().checks(),
                            Duration.between(clocks.freeze().requested(), staged)),
                        people.desk().expires().orElseThrow(),
                        people.now())));
  }

  Plan plan() {
    return of.people().desk().plan().orElseThrow();
  }
}
