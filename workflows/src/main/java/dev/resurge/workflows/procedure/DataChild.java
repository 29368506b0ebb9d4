package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.procedure.CutOverResult.Outcome;
import dev.resurge.workflows.runbook.Runbook;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every child that moves a system's data has: a journal that outlives Temporal, a budget for
 * going forward, insistence on the way back, and its run that is told how it goes. It runs under
 * the system's data lock and outlives its parent.
 */
abstract class DataChild implements Decidable {
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(5);

  private final Run conductor;
  private final Run run;
  private final Plan plan;
  private final Conversation people;
  private final Steps steps;
  private final List<CheckResult> checks = new ArrayList<>();
  private final List<Retained> retained = new ArrayList<>();
  private List<String> running = List.of();
  private Optional<Instant> quiesced = Optional.empty();
  private Optional<Instant> cutOver = Optional.empty();
  private Optional<Instant> healthy = Optional.empty();
  private Optional<CancellationScope> forward = Optional.empty();
  private Optional<String> aborted = Optional.empty();
  private int journalled;
  private boolean telling;
  private Optional<Question> told = Optional.empty();

  DataChild(CutOverRequest request) {
    this(request.run(), request.run(), request.runbook(), request.plan(), request.notifies());
  }

  /**
   * @param conductor the run that asked for it, which people talk with
   * @param run whose data, copies and journal it is
   * @param notifies whether the installation tells anybody anything
   */
  DataChild(Run conductor, Run run, Runbook runbook, Plan plan, boolean notifies) {
    this.conductor = conductor;
    this.run = run;
    this.plan = plan;
    this.people = new Conversation(conductor, Severity.CRITICAL, this::tellParent);
    people.telling().anybody(notifies);
    people.useRules(runbook.spec().approval());
    people.desk().present(plan, people.now());
    people.desk().close();
    this.steps = new Steps(people.timeline());
  }

  /** Whose data, copies and journal it is. */
  final Run theRun() {
    return run;
  }

  final Plan plan() {
    return plan;
  }

  final Conversation people() {
    return people;
  }

  final Steps steps() {
    return steps;
  }

  final List<Retained> retained() {
    return retained;
  }

  final boolean isAborted() {
    return aborted.isPresent();
  }

  /** Who runs now, so that what somebody stopped on purpose is not started on the way back. */
  final void lookAtWorkloads() {
    ranBefore(patient("look at workloads").running(run));
  }

  /** What runs again after the way back. */
  final void ranBefore(List<String> workloads) {
    running = workloads;
  }

  /** The journal holds that many entries already. */
  final void journalled(int entries) {
    journalled = entries;
  }

  /** One way through, bounded by the budget; what stopped it, or empty if the system is healthy. */
  final Optional<Evidence.Failure> within(Duration budget, Runnable way) {
    var work = Workflow.newCancellationScope(way);
    forward = Optional.of(work);
    var spent = new boolean[1];
    var clock =
        Workflow.newCancellationScope(() ->
            Async.procedure(() -> {
              if (slept(budget)) {
                spent[0] = true;
                work.cancel("the budget of " + budget + " is spent");
              }
            }));
    aborted.ifPresent(work::cancel);
    clock.run();
    try {
      work.run();
      return Optional.empty();
    } catch (TemporalFailure e) {
      return Optional.of(spent[0] ? budgetSpent(budget) : whatStopped(e));
    } catch (StepFailed e) {
      return Optional.of(e.failure());
    } finally {
      forward = Optional.empty();
      clock.cancel();
    }
  }

  /** Whether all of it went by; false if the budget was not needed any more. */
  private static boolean slept(Duration budget) {
    try {
      Workflow.sleep(budget);
      return true;
    } catch (CanceledFailure e) {
      return false;
    }
  }

  final void quiesce() {
    quiesced = quiesced.or(() -> Optional.of(people.now()));
    steps.step("quiesce").hasty().run(CutOverActivities.class, a -> a.quiesce(run));
  }

  /** The data is swapped: starts the workloads and asks whether the system is well. */
  final void resumeAndCheck() {
    cutOver = Optional.of(people.now());
    var resumed = people.now();
    steps.step("resume").hasty().run(CutOverActivities.class, a -> a.resume(run, plan.workloads()));
    var results =
        steps
            .step("check health")
            .hasty()
            .ask(CutOverActivities.class, a -> a.checkHealth(run, resumed), Checks::words);
    judge(results);
    healthy = Optional.of(people.now());
  }

  private void judge(List<CheckResult> results) {
    checks.removeIf(old -> old.when().equals("healthy"));
    checks.addAll(results);
    Checks.failed(results)
        .ifPresent(failed -> {
          throw new StepFailed(Failures.of(ErrorType.CHECK_FAILED, Checks.describe(failed)));
        });
  }

  /** Until it is so: nothing else may happen on the way back. */
  final void quiesceInsistently() {
    insist(
        "quiesce", () -> steps.step("quiesce").run(CutOverActivities.class, a -> a.quiesce(run)));
  }

  /** What ran before runs again. */
  final void resumeInsistently() {
    insist(
        "resume",
        () -> steps.step("resume").run(CutOverActivities.class, a -> a.resume(run, running)));
  }

  /** The restored data is live and kept: that is the end. */
  final void settleHealthy() {
    keepRunning(plan.workloads());
    note(entry(State.SETTLED_HEALTHY));
  }

  /** The old data is live again: that is the end. */
  final void settleBack() {
    keepRunning(running);
    note(entry(State.SETTLED_BACK));
  }

  /** A stop command that was thought lost may have come late. */
  private void keepRunning(List<String> workloads) {
    insist(
        "look at workloads",
        () -> {
          if (!patient("look at workloads").running(run).containsAll(workloads)) {
            steps.step("resume again").run(CutOverActivities.class, a -> a.resume(run, workloads));
          }
        });
  }

  /**
   * Tries for ever: stopping here would leave a mixture. People are asked and told, and may hurry
   * it, but nobody is needed once what failed works again. They are told once, and the next people
   * if it goes on.
   */
  final void insist(String what, Runnable work) {
    var pause = FIRST_PAUSE;
    var patience = people.patience();
    for (; ; ) {
      try {
        work.run();
        return;
      } catch (TemporalFailure e) {
        var why = Failures.describe(e);
        people.ask(
            Question.Kind.PARKED,
            what
                + " keeps failing ("
                + why.type()
                + ") and is tried again every "
                + Durations.human(pause)
                + ": "
                + why.message()
                + "\n"
                + why.remedy(),
            List.of("retry"),
            pause,
            () -> false,
            patience);
        pause =
            pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
      }
    }
  }

  /** Writes an entry for as long as it takes, and then goes on. */
  final void note(JournalEntry entry) {
    insist("journal", () -> patient("journal").journal(entry, theRun().system(), theRun()));
  }

  /** Made once and written until it is there: the same entry again is no other entry. */
  final JournalEntry entry(State state, List<Swap> swaps, Optional<SetId> safetySet) {
    journalled++;
    var opening = journalled == 1;
    return new JournalEntry(
        run.id(),
        journalled,
        state,
        people.now(),
        conductor.id().equals(run.id())
            ? Optional.empty()
            : Optional.of("written by " + conductor.id()),
        opening ? Optional.of(plan) : Optional.empty(),
        swaps,
        safetySet,
        opening ? Optional.of(running) : Optional.empty(),
        opening ? Optional.of(run.scope()) : Optional.empty());
  }

  /** An entry that only says how far it is. */
  final JournalEntry entry(State state) {
    return entry(state, List.of(), Optional.empty());
  }

  private Evidence.Failure budgetSpent(Duration budget) {
    return Failures.of(
        ErrorType.CUT_OVER_BUDGET, "not healthy within the budget of " + Durations.human(budget));
  }

  private Evidence.Failure whatStopped(TemporalFailure failure) {
    return aborted
        .filter(why -> Failures.isCancellation(failure))
        .map(why -> Failures.of(ErrorType.ABORTED, why))
        .orElseGet(() -> Failures.describe(failure));
  }

  static CutOverActivities patient(String summary) {
    return Stubs.patient(CutOverActivities.class, summary);
  }

  /** The signal of each child's own interface: goes back, unless the system is healthy already. */
  public final void abort(String why) {
    aborted = Optional.of(why);
    forward.ifPresent(scope -> scope.cancel(why));
  }

  @Override
  public final DecisionAnswer answer(Decision decision) {
    var answer = people.answer(decision);
    people.desk().ending().ifPresent(ending -> abort("aborted by " + ending.by().describe()));
    return answer;
  }

  @Override
  public final void validateAnswer(Decision decision) {
    Conversation.requireWellFormed(decision);
  }

  @Override
  public final void answerBySignal(Decision decision) {
    people.bySignal(decision, this::answer);
  }

  @Override
  public final Status status() {
    return new Status(
        conductor.id(),
        conductor.procedure(),
        conductor.system(),
        "cut over",
        people.timeline().steps(),
        Optional.of(plan),
        people.desk().question(),
        people.desk().log(),
        List.of(),
        checks,
        List.of(),
        Forecast.NONE,
        Optional.empty());
  }

  /**
   * The run shows what its cut over does; where it is gone, nobody is told and nothing is lost. Of
   * a question and of its answer it is told at once: people would answer twice. Of all else once a
   * second at most: every report costs both of them a task, and the system is down.
   */
  private void tellParent() {
    if (!people.desk().question().equals(told)) {
      told = people.desk().question();
      Workflow.newDetachedCancellationScope(() -> Async.procedure(this::report)).run();
    } else if (!telling) {
      telling = true;
      Workflow.newDetachedCancellationScope(() -> Async.procedure(this::reportLater)).run();
    }
  }

  private void reportLater() {
    Workflow.sleep(BETWEEN_REPORTS);
    telling = false;
    report();
  }

  private void report() {
    Workflow.newUntypedExternalWorkflowStub(conductor.procedure().workflowId(conductor.system()))
        .signal(
            "childReport", new ChildReport(people.timeline().steps(), people.desk().question()));
  }

  final CutOverResult result(
      Outcome outcome, Optional<Evidence.Failure> failure, Optional<SetSummary> safetySet) {
    return new CutOverResult(
        outcome,
        failure,
        quiesced,
        cutOver,
        healthy,
        checks,
        retained,
        safetySet,
        people.timeline().steps(),
        people.desk().log(),
        people.waited());
  }
}
