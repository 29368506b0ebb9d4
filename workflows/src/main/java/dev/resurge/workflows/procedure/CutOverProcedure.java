package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.procedure.CutOverResult.Outcome;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * compare → journal → within the budget: quiesce → swap → resume → health checks → retain; or back.
 * Nobody is waited for between quiesce and healthy, except where no direction is known to be safe.
 */
public final class CutOverProcedure extends DataChild implements CutOver {
  private final List<StagedCopy> copies;
  private final List<Swap> swaps = new ArrayList<>();

  @WorkflowInit
  public CutOverProcedure(CutOverRequest request) {
    super(request);
    this.copies = request.copies();
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
      return result(Outcome.NOT_BEGUN, Optional.of(Failures.describe(e)), Optional.empty());
    }
    // Whether a failed write was written nobody knows: only going on settles it.
    var opened = entry(State.OPENED, List.copyOf(swaps), Optional.empty());
    steps().step("open journal").record(() -> note(opened));
    var failure = goForward();
    while (failure.isPresent() && mayGoForwardAgain(failure.get())) {
      failure = goForward();
    }
    if (failure.isEmpty()) {
      Workflow.newDetachedCancellationScope(this::settleForward).run();
      return result(Outcome.HEALTHY, Optional.empty(), Optional.empty());
    }
    Workflow.newDetachedCancellationScope(this::goBack).run();
    return result(Outcome.SWAPPED_BACK, failure, Optional.empty());
  }

  /** Works out the swaps and compares the world with them, before anything is stopped. */
  private void compareWithPlan() {
    steps()
        .step("compare with plan")
        .record(() -> {
          Stubs.patient(PrepareActivities.class, "look at journal").requireSettled(theRun());
          for (var copy : copies) {
            swaps.add(patient("compare " + copy.component()).swapFor(theRun(), plan(), copy));
          }
          lookAtWorkloads();
          for (var swap : swaps) {
            patient("compare " + swap.component()).position(theRun(), swap);
          }
        });
  }

  private Optional<Evidence.Failure> goForward() {
    return within(
        plan().cutOverBudget(),
        () -> {
          quiesce();
          for (var swap : swaps) {
            steps()
                .step("swap", swap.component())
                .hasty()
                .run(CutOverActivities.class, a -> a.swap(theRun(), swap));
          }
          resumeAndCheck();
        });
  }

  /** Where somebody else changed names or data, no direction is known to be safe: a person says. */
  private boolean mayGoForwardAgain(Evidence.Failure failure) {
    if (!failure.type().equals(ErrorType.TARGET_CHANGED.id())) {
      return false;
    }
    return people()
        .ask(
            Question.Kind.PARKED,
            "the cut over stopped half-way: " + failure.message(),
            List.of("retry", "rollback"),
            Duration.ofDays(10_000),
            this::isAborted)
        .filter("retry"::equals)
        .isPresent();
  }

  /**
   * Every component walks back by itself, for as long as it takes; then the old data is resumed.
   * The store may be what failed: nobody waits for the journal before the system is back.
   */
  private void goBack() {
    var goingBack = entry(State.GOING_BACK);
    var noted = Async.procedure(() -> note(goingBack));
    if (!nothingMoved()) {
      // The application may have been started on the restored data already.
      quiesceInsistently();
      var walks = new ArrayList<Promise<Void>>();
      swaps.forEach(swap -> walks.add(Async.procedure(() -> walkBack(swap))));
      Promise.allOf(walks).get();
    }
    resumeInsistently();
    insist(
        "put aside",
        () ->
            retained()
                .addAll(
                    steps()
                        .step("put aside")
                        .ask(
                            CutOverActivities.class,
                            a -> a.rejected(theRun(), List.copyOf(swaps)))));
    noted.get();
    note(entry(State.SETTLED_BACK));
  }

  /** Then a workload that would not stop must not keep the others down. */
  private boolean nothingMoved() {
    try {
      return swaps.stream()
          .allMatch(swap ->
              patient("compare " + swap.component()).position(theRun(), swap) == Position.BEFORE);
    } catch (TemporalFailure e) {
      return false;
    }
  }

  private void walkBack(Swap swap) {
    insist(
        "swap back " + swap.component(),
        () ->
            steps()
                .step("swap back", swap.component())
                .run(CutOverActivities.class, a -> a.swapBack(theRun(), swap)));
  }

  private void settleForward() {
    for (var swap : swaps) {
      insist(
          "retain " + swap.component(),
          () ->
              retained()
                  .addAll(
                      steps()
                          .step("retain old data", swap.component())
                          .ask(
                              CutOverActivities.class,
                              a -> a.retain(theRun(), swap),
                              kept -> kept.map(Retained::name).orElse("there was none"))
                          .stream()
                          .toList()));
    }
    note(entry(State.SETTLED_HEALTHY));
  }

  @Override
  public void abort(String why) {
    goBackBecause(why);
  }
}
