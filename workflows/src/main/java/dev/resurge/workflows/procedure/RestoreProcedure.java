package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.HookActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.runbook.Check;
import dev.resurge.workflows.runbook.Component;
import dev.resurge.workflows.runbook.Hooks.Hook;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Brings a set back. Nothing live is touched until a restored copy stands beside it, verified, and
 * people have approved exactly this plan.
 */
public final class RestoreProcedure extends Conducted implements Restore {
  private final RestoreInput input;
  private final List<StagedCopy> copies = new ArrayList<>();
  private boolean staging;
  private boolean cuttingOver;
  private boolean cutOverBegun;
  private int childStepsFrom;

  @WorkflowInit
  public RestoreProcedure(RestoreInput input) {
    super(Procedure.RESTORE, input.runbook(), input.requester(), input.reason(), input.declared());
    this.input = input;
  }

  @Override
  public RunResult run(RestoreInput same) {
    return conduct(
        input,
        () -> {
          var chosen = chooseSet(input.set());
          preflight(Optional.of(chosen.set()));
          plan(chosen);
          askForApproval();
          safetyBackup();
          stageAndVerify(chosen);
          awaitApproval();
          hooks(runbook().spec().hooks().beforeCutOver());
          cutOver();
          hooks(runbook().spec().hooks().afterRestore());
          manualChecks();
        });
  }

  private void plan(SetSummary chosen) {
    phase("planning");
    var plan =
        steps()
            .step("plan")
            .ask(
                PrepareActivities.class,
                a -> a.plan(theRun(), chosen.set(), Conversation.newCode(8)),
                Plan::code)
            .saying(warnings(chosen));
    people().present(plan);
  }

  /**
   * What who approves must have read: newer sets passed over, and what preflight only warned of.
   */
  private List<String> warnings(SetSummary chosen) {
    return Stream.concat(
            chosen.warnings().stream(),
            draft().findings().stream().map(found -> found.subject() + ": " + found.message()))
        .toList();
  }

  /** The question stands from now on; the work goes on meanwhile. */
  private void askForApproval() {
    var rules = runbook().spec().approval();
    var to = rules.escalateTo().isEmpty() ? "" : ", told " + String.join(", ", rules.escalateTo());
    remind(
        rules.escalateAfter(),
        () -> people().desk().approved().isPresent(),
        "not approved after " + Durations.human(rules.escalateAfter()) + to);
  }

  private void remind(Duration after, Supplier<Boolean> settled, String words) {
    Async.procedure(
            () -> {
              if (!Workflow.await(after, settled)) {
                people().timeline().note("escalated", words);
              }
            })
        .handle((nothing, cancelled) -> Optional.empty()); // it ends with the run
  }

  private void safetyBackup() {
    phase("safety backup");
    parking(
            "safety backup",
            List.of("skip"),
            () ->
                SafeCapture.run(
                    this, SetKind.SAFETY, Map.of("before-restore", theRun().id().value())))
        .ifPresentOrElse(draft()::safetySet, this::goOnWithoutSafety);
  }

  /** Like a plan it needs approval: a new code, and what was approved before is void. */
  private void goOnWithoutSafety() {
    var plan = people().desk().plan().orElseThrow();
    people()
        .present(
            plan.withWarning(
                "no safety backup: the live data could not be captured; it is still kept as the"
                    + " retained copy",
                Conversation.newCode(8)));
  }

  private void stageAndVerify(SetSummary chosen) {
    phase("staging");
    parking(
        "staging",
        List.of(),
        () -> {
          if (staging) {
            discardStaged(); // what did not verify is not reused
          }
          staging = true;
          stage(chosen);
          draft().clocks().staged = Optional.of(people().now());
          verifyStaged(chosen);
          return true;
        });
  }

  /** All components at once, each restored beside the live one. */
  private void stage(SetSummary chosen) {
    copies.clear();
    var staged = new ArrayList<Promise<Staging>>();
    for (var component : runbook().spec().components()) {
      staged.add(Async.function(() -> stage(chosen, component)).handle(Staging::new));
    }
    // Wait for all, so that a failing one does not leave another still writing.
    staged.stream().map(Promise::get).toList().forEach(one -> copies.add(one.orThrow()));
  }

  /** One component's copy, or why there is none. */
  private record Staging(StagedCopy copy, RuntimeException failure) {
    StagedCopy orThrow() {
      if (failure != null) {
        throw failure;
      }
      return copy;
    }
  }

  private StagedCopy stage(SetSummary chosen, Component component) {
    return steps()
        .step("stage", component.name())
        .ask(
            StageActivities.class,
            a -> a.stage(theRun(), chosen.set(), component.name()),
            copy -> copy.name() + ", " + copy.size().human());
  }

  private void verifyStaged(SetSummary chosen) {
    phase("verifying");
    var results = new ArrayList<CheckResult>();
    for (var copy : copies) {
      results.addAll(
          steps()
              .step("verify staged copy", copy.component())
              .ask(
                  StageActivities.class,
                  a -> a.verifyStaged(theRun(), chosen.set(), copy),
                  Checks::words));
    }
    results.addAll(
        steps()
            .step("check staged copies")
            .ask(
                StageActivities.class,
                a -> a.checkStaged(theRun(), List.copyOf(copies)),
                Checks::words));
    draft().checks().removeIf(old -> old.when().equals("staged"));
    draft().checks().addAll(results);
    Checks.failed(results).ifPresent(this::voidPlan);
  }

  private void voidPlan(CheckResult failed) {
    people().present(people().desk().plan().orElseThrow().again(Conversation.newCode(8)));
    throw new StepFailed(
        Failures.of(
            ErrorType.VERIFICATION_FAILED,
            Checks.describe(failed) + "; approvals given so far are void"));
  }

  private void awaitApproval() {
    phase("waiting for approval");
    var desk = people().desk();
    desk.renew(people().now());
    var plan = desk.plan().orElseThrow();
    var since = people().now();
    int step =
        desk.approved().isPresent()
            ? -1
            : people().timeline().beginWaiting("wait for approval", "plan " + plan.code());
    people().waitFor(desk.expires().orElseThrow(), () -> desk.approved().isPresent());
    people().waitedToo(Duration.between(since, people().now()));
    throwIfEnded();
    if (desk.approved().isEmpty()) {
      people().timeline().failed(step, "expired");
      throw new RunEnded(
          Verdict.REFUSED,
          Failures.of(
              ErrorType.APPROVAL_EXPIRED,
              "plan " + plan.code() + " was not approved by " + desk.expires().orElseThrow()));
    }
    if (step >= 0) {
      people().timeline().done(step, Optional.empty());
    }
    draft().clocks().approved = desk.approved();
  }

  /** Downtime is inside this step only. The child goes on even if this run is terminated. */
  private void cutOver() {
    phase("cut over");
    people().desk().close();
    var result = parking("cut over", List.of(), this::tryCutOver).orElseThrow();
    if (result.outcome() == CutOverResult.Outcome.SWAPPED_BACK) {
      throw new RunEnded(Verdict.SWAPPED_BACK, result.failure().orElseThrow());
    }
    draft().clocks().healthy = result.healthy();
    draft().clocks().waitedUntilHealthy = Optional.of(people().waited());
  }

  private CutOverResult tryCutOver() {
    var result = cutOverUnderDataLock();
    cuttingOver = false;
    people().desk().clear();
    people().timeline().adopt(childStepsFrom, result.steps());
    people().waitedToo(result.waited());
    draft().checks().addAll(result.checks());
    draft().retained().addAll(result.retained());
    people().desk().absorb(result.decisions());
    draft().clocks().quiesced = result.quiesced();
    draft().clocks().cutOver = result.cutOver();
    cutOverBegun = result.outcome() == CutOverResult.Outcome.HEALTHY;
    if (result.outcome() == CutOverResult.Outcome.NOT_BEGUN) {
      throw new StepFailed(result.failure().orElseThrow());
    }
    return result;
  }

  private void cutOverBegins() {
    childStepsFrom = people().timeline().size();
    cuttingOver = true;
    cutOverBegun = true;
  }

  private CutOverResult cutOverUnderDataLock() {
    try {
      return Locks.underDataLock(
          "CutOver",
          theRun().system(),
          new CutOverRequest(theRun(), runbook(), people().desk().plan().orElseThrow(), copies),
          CutOverResult.class,
          this::waitsFor,
          this::cutOverBegins);
    } catch (ChildWorkflowFailure e) {
      cuttingOver = false;
      // Somebody terminated it: where the world stands is in the journal, not for us to guess.
      throw new RunEnded(
          Verdict.FAILED,
          Failures.of(
              ErrorType.JOURNAL_UNSETTLED,
              "the cut over was ended from outside: " + Failures.describe(e).message()));
    }
  }

  private void hooks(List<Hook> hooks) {
    for (var hook : hooks) {
      phase("hooks");
      parking(
              "hook " + hook.name(),
              cutOverBegun ? List.of("skip") : List.of(),
              () ->
                  steps()
                      .step("hook " + hook.name())
                      .ask(HookActivities.class, a -> a.runHook(theRun(), hook.name())))
          .ifPresentOrElse(
              output -> {},
              () -> draft().flawed(Verdict.FAIL_INTEGRITY, "hook " + hook.name() + " failed"));
    }
  }

  private void manualChecks() {
    for (var check : runbook().spec().checks()) {
      if (check instanceof Check.Manual manual) {
        phase("manual checks");
        ask(manual);
      }
    }
  }

  private void ask(Check.Manual manual) {
    for (; ; ) {
      var since = people().now();
      var answered = new boolean[1];
      remind(manual.within(), () -> answered[0], "nobody has answered: " + manual.question());
      var answer = people().ask(Question.Kind.MANUAL, manual.question(), List.of("yes", "no"));
      answered[0] = true;
      throwIfEnded();
      var by = people().desk().chooser();
      draft()
          .checks()
          .add(
              new CheckResult(
                  manual.name(),
                  "healthy",
                  answer.equals("yes"),
                  "yes: " + manual.question(),
                  answer,
                  Duration.between(since, people().now()),
                  by));
      if (answer.equals("yes")) {
        return;
      }
      var next =
          people()
              .ask(
                  Question.Kind.PARKED,
                  "'"
                      + manual.question()
                      + "' was answered no. The restored data is live. To go back, restore the"
                      + " safety set: ./resurge restore "
                      + theRun().system()
                      + " --set "
                      + draft().safetySet().map(s -> s.set().value()).orElse("(none was made)"),
                  List.of("retry", "skip"));
      throwIfEnded();
      if (next.equals("skip")) {
        draft()
            .flawed(Verdict.FAIL_INTEGRITY, "manual check " + manual.name() + " was answered no");
        return;
      }
    }
  }

  @Override
  public void childReport(ChildReport report) {
    if (!cuttingOver) {
      return; // it came after the result
    }
    people().timeline().adopt(childStepsFrom, report.steps());
    var asked = people().desk().question().map(Question::code);
    if (!asked.equals(report.question().map(Question::code))) {
      report.question().ifPresentOrElse(people().desk()::ask, people().desk()::clear);
    }
    changed();
  }

  @Override
  DecisionAnswer takeAnswer(Decision decision) {
    var answer = super.takeAnswer(decision);
    if (cuttingOver && answer.accepted()) {
      passOn(decision);
    }
    return answer;
  }

  /** The cut over takes an abort as such: its own question may be another one by now. */
  private void passOn(Decision decision) {
    var child = Workflow.newUntypedExternalWorkflowStub(Procedure.dataLock(theRun().system()));
    try {
      people()
          .desk()
          .ending()
          .ifPresentOrElse(
              ending -> child.signal("abort", "aborted by " + ending.by().describe()),
              () -> child.signal("answer", decision));
    } catch (SignalExternalWorkflowException e) {
      people().timeline().note("answer not passed on", "the cut over has ended meanwhile");
    }
  }

  /** During a cut over the child goes back by itself; cancelling the run would lose its result. */
  @Override
  void endEarly(String why) {
    if (!cuttingOver) {
      super.endEarly(why);
    }
  }

  /** Where it is not known how a cut over ended, nothing is removed. */
  @Override
  void cleanUp() {
    if (staging && !cutOverBegun) {
      discardStaged();
    }
  }

  private void discardStaged() {
    for (var component : runbook().spec().components()) {
      if (draft().retained().stream().anyMatch(kept -> kept.component().equals(component.name()))) {
        continue; // it was live for a while and is kept as rejected
      }
      try {
        Stubs.patient(StageActivities.class, "discard staged " + component.name())
            .discardStaged(theRun(), component.name());
      } catch (TemporalFailure e) {
        draft()
            .notes()
            .add(
                "the staged copy of "
                    + component.name()
                    + " could not be removed: "
                    + Failures.describe(e).message());
      }
    }
  }

  @Override
  String summary(Verdict verdict, Optional<RunEnded> ended) {
    return RestoreSummary.sentence(
        verdict,
        draft().set(),
        ended.map(RunEnded::failure),
        draft().clocks().freeze(),
        copies.size());
  }
}
