package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.procedure.CutOverResult.Outcome;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * compare → journal → within the budget: quiesce → swap → resume → health checks → retain; or back.
 * Nobody is waited for between quiesce and healthy, except where no direction is known to be safe.
 */
public final class CutOverProcedure implements CutOver {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);
  private static final Duration LAST_PAUSE = Duration.ofMinutes(5);

  private final CutOverRequest request;
  private final Conversation people;
  private final Steps steps;
  private final List<Swap> swaps = new ArrayList<>();
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

  @WorkflowInit
  public CutOverProcedure(CutOverRequest request) {
    this.request = request;
    this.people = new Conversation(request.run(), this::tellParent);
    people.useRules(request.runbook().spec().approval());
    people.desk().present(request.plan(), people.now());
    people.desk().close();
    this.steps = new Steps(people.timeline());
  }

  @Override
  public CutOverResult run(CutOverRequest same) {
    var result = cutOver();
    Workflow.await(Workflow::isEveryHandlerFinished);
    return result;
  }

  private CutOverResult cutOver() {
    try {
      compareWithPlan();
    } catch (TemporalFailure e) {
      return result(Outcome.NOT_BEGUN, Optional.of(Failures.describe(e)));
    }
    // Whether a failed write was written nobody knows: only going on settles it.
    var opened = entry(State.OPENED);
    insist("open journal", () -> steps.step("open journal").record(() -> journal(opened)));
    var failure = goForward();
    while (failure.isPresent() && mayGoForwardAgain(failure.get())) {
      failure = goForward();
    }
    if (failure.isEmpty()) {
      Workflow.newDetachedCancellationScope(this::settleForward).run();
      return result(Outcome.HEALTHY, Optional.empty());
    }
    Workflow.newDetachedCancellationScope(this::goBack).run();
    return result(Outcome.SWAPPED_BACK, failure);
  }

  /** Works out the swaps and compares the world with them, before anything is stopped. */
  private void compareWithPlan() {
    steps
        .step("compare with plan")
        .record(() -> {
          Stubs.patient(PrepareActivities.class, "look at journal").requireSettled(request.run());
          for (var copy : request.copies()) {
            swaps.add(
                patient("compare " + copy.component())
                    .swapFor(request.run(), request.plan(), copy));
          }
          running = patient("look at workloads").running(request.run());
          for (var swap : swaps) {
            patient("compare " + swap.component()).position(request.run(), swap);
          }
        });
  }

  /** One way through, bounded by the budget; what stopped it, or empty if the system is healthy. */
  private Optional<Evidence.Failure> goForward() {
    var work = Workflow.newCancellationScope(this::forward);
    forward = Optional.of(work);
    var budget = request.plan().cutOverBudget();
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

  private void forward() {
    quiesced = quiesced.or(() -> Optional.of(people.now()));
    steps.step("quiesce").hasty().run(CutOverActivities.class, a -> a.quiesce(request.run()));
    for (var swap : swaps) {
      steps
          .step("swap", swap.component())
          .hasty()
          .run(CutOverActivities.class, a -> a.swap(request.run(), swap));
    }
    cutOver = Optional.of(people.now());
    var resumed = people.now();
    steps
        .step("resume")
        .hasty()
        .run(CutOverActivities.class, a -> a.resume(request.run(), request.plan().workloads()));
    var results =
        steps
            .step("check health")
            .hasty()
            .ask(
                CutOverActivities.class, a -> a.checkHealth(request.run(), resumed), Checks::words);
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

  /** Where somebody else changed names or data, no direction is known to be safe: a person says. */
  private boolean mayGoForwardAgain(Evidence.Failure failure) {
    if (!failure.type().equals(ErrorType.TARGET_CHANGED.id())) {
      return false;
    }
    return people
        .ask(
            Question.Kind.PARKED,
            "the cut over stopped half-way: " + failure.message(),
            List.of("retry", "rollback"),
            Duration.ofDays(10_000),
            () -> aborted.isPresent())
        .filter("retry"::equals)
        .isPresent();
  }

  /**
   * Every component walks back by itself, for as long as it takes; then the old data is resumed.
   * The store may be what failed: nobody waits for the journal before the system is back.
   */
  private void goBack() {
    var goingBack = entry(State.GOING_BACK);
    var noted = Async.procedure(() -> insist("journal", () -> journal(goingBack)));
    if (!nothingMoved()) {
      // The application may have been started on the restored data already.
      insist(
          "quiesce",
          () -> steps.step("quiesce").run(CutOverActivities.class, a -> a.quiesce(request.run())));
      var walks = new ArrayList<Promise<Void>>();
      swaps.forEach(swap -> walks.add(Async.procedure(() -> walkBack(swap))));
      Promise.allOf(walks).get();
    }
    insist(
        "resume",
        () ->
            steps
                .step("resume")
                .run(CutOverActivities.class, a -> a.resume(request.run(), running)));
    insist(
        "put aside",
        () ->
            retained.addAll(
                steps
                    .step("put aside")
                    .ask(
                        CutOverActivities.class,
                        a -> a.rejected(request.run(), List.copyOf(swaps)))));
    noted.get();
    settled(State.SETTLED_BACK);
  }

  /** Then a workload that would not stop must not keep the others down. */
  private boolean nothingMoved() {
    try {
      return swaps.stream()
          .allMatch(swap ->
              patient("compare " + swap.component()).position(request.run(), swap)
                  == Position.BEFORE);
    } catch (TemporalFailure e) {
      return false;
    }
  }

  private void walkBack(Swap swap) {
    insist(
        "swap back " + swap.component(),
        () ->
            steps
                .step("swap back", swap.component())
                .run(CutOverActivities.class, a -> a.swapBack(request.run(), swap)));
  }

  private void settleForward() {
    for (var swap : swaps) {
      insist(
          "retain " + swap.component(),
          () ->
              retained.add(
                  steps
                      .step("retain old data", swap.component())
                      .ask(
                          CutOverActivities.class,
                          a -> a.retain(request.run(), swap),
                          Retained::name)));
    }
    settled(State.SETTLED_HEALTHY);
  }

  /**
   * Tries for ever: stopping here would leave a mixture. People are asked and told, and may hurry
   * it, but nobody is needed once what failed works again.
   */
  private void insist(String what, Runnable work) {
    var pause = FIRST_PAUSE;
    for (; ; ) {
      try {
        work.run();
        return;
      } catch (TemporalFailure e) {
        people.ask(
            Question.Kind.PARKED,
            what
                + " keeps failing and is tried again every "
                + Durations.human(pause)
                + ": "
                + Failures.describe(e).message(),
            List.of("retry"),
            pause,
            () -> false);
        pause =
            pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
      }
    }
  }

  private void settled(State state) {
    var last = entry(state);
    insist("journal", () -> journal(last));
  }

  /** Made once and written until it is there: the same entry again is no other entry. */
  private JournalEntry entry(State state) {
    journalled++;
    var first = journalled == 1;
    return new JournalEntry(
        request.run().id(),
        journalled,
        state,
        people.now(),
        Optional.empty(),
        first ? Optional.of(request.plan()) : Optional.empty(),
        first ? List.copyOf(swaps) : List.of());
  }

  private void journal(JournalEntry entry) {
    patient("journal").journal(entry, request.run().system(), request.run());
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

  private static CutOverActivities patient(String summary) {
    return Stubs.patient(CutOverActivities.class, summary);
  }

  @Override
  public void abort(String why) {
    aborted = Optional.of(why);
    forward.ifPresent(scope -> scope.cancel(why));
  }

  @Override
  public DecisionAnswer answer(Decision decision) {
    var answer = people.answer(decision);
    people.desk().ending().ifPresent(ending -> abort("aborted by " + ending.by().describe()));
    return answer;
  }

  @Override
  public void validateAnswer(Decision decision) {
    Conversation.requireWellFormed(decision);
  }

  @Override
  public void answerBySignal(Decision decision) {
    people.bySignal(decision, this::answer);
  }

  @Override
  public Status status() {
    return new Status(
        request.run().id(),
        Procedure.RESTORE,
        request.run().system(),
        "cut over",
        people.timeline().steps(),
        Optional.of(request.plan()),
        people.desk().question(),
        people.desk().log(),
        List.of(),
        checks,
        Optional.empty());
  }

  /** The run shows what its cut over does; where it is gone, nobody is told and nothing is lost. */
  private void tellParent() {
    var parent = Procedure.RESTORE.workflowId(request.run().system());
    if (telling) {
      return; // one signal for all that changes before the workflow waits again
    }
    telling = true;
    Async.procedure(() -> {
      telling = false;
      Workflow.newUntypedExternalWorkflowStub(parent)
          .signal(
              "childReport", new ChildReport(people.timeline().steps(), people.desk().question()));
    });
  }

  private CutOverResult result(Outcome outcome, Optional<Evidence.Failure> failure) {
    return new CutOverResult(
        outcome,
        failure,
        quiesced,
        cutOver,
        healthy,
        checks,
        retained,
        people.timeline().steps(),
        people.desk().log(),
        people.waited());
  }
}
