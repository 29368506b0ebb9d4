package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Swap;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways of data that is swapped: in within the budget, back for as long as it takes, kept. */
final class Swapping {
  private final DataChild of;
  private final List<Swap> swaps;

  Swapping(DataChild of, List<Swap> swaps) {
    this.of = of;
    this.swaps = List.copyOf(swaps);
  }

  /** Quiesce → swap → resume → health checks; what stopped it, or empty if it is healthy. */
  Optional<Evidence.Failure> forward() {
    return goingOn(() -> {
      of.quiesce();
      for (var swap : swaps) {
        of.steps()
            .step("swap", swap.component())
            .hasty()
            .run(CutOverActivities.class, a -> a.swap(of.theRun(), swap));
      }
      of.resumeAndCheck();
    });
  }

  /** The restored data is live everywhere: nobody is stopped to find out whether it is well. */
  Optional<Evidence.Failure> resumeAndCheck() {
    return goingOn(of::resumeAndCheck);
  }

  private Optional<Evidence.Failure> goingOn(Runnable way) {
    var failure = of.within(of.plan().cutOverBudget(), way);
    while (failure.isPresent() && mayGoForwardAgain(failure.get())) {
      failure = of.within(of.plan().cutOverBudget(), way);
    }
    return failure;
  }

  /** Where somebody else changed names or data, no direction is known to be safe: a person says. */
  private boolean mayGoForwardAgain(Evidence.Failure failure) {
    if (!failure.type().equals(ErrorType.TARGET_CHANGED.id())) {
      return false;
    }
    return of.people()
        .ask(
            Question.Kind.PARKED,
            "the cut over stopped half-way: " + failure.message(),
            List.of("retry", "rollback"),
            Duration.ofDays(10_000),
            of::isAborted,
            of.people().patience())
        .filter("retry"::equals)
        .isPresent();
  }

  /**
   * Goes back from going forward, and notes it. The store may be what failed: nobody waits for the
   * journal before the system is back.
   */
  void turnBack() {
    var goingBack = of.entry(State.GOING_BACK);
    var noted = Async.procedure(() -> of.note(goingBack));
    back();
    noted.get();
  }

  /**
   * Every component walks back by itself, for as long as it takes; then the old data is resumed.
   */
  void back() {
    if (!nothingMoved()) {
      // The application may have been started on the restored data already.
      of.quiesceInsistently();
      var walks = new ArrayList<Promise<Void>>();
      swaps.forEach(swap -> walks.add(Async.procedure(() -> walkBack(swap))));
      Promise.allOf(walks).get();
    }
    of.resumeInsistently();
    of.insist(
        "put aside",
        () ->
            of.retained()
                .addAll(
                    of.steps()
                        .step("put aside")
                        .ask(CutOverActivities.class, a -> a.rejected(of.theRun(), swaps))));
  }

  /** Then a workload that would not stop must not keep the others down. */
  private boolean nothingMoved() {
    try {
      return swaps.stream()
          .allMatch(swap ->
              DataChild.patient("compare " + swap.component()).position(of.theRun(), swap)
                  == Position.BEFORE);
    } catch (TemporalFailure e) {
      return false;
    }
  }

  private void walkBack(Swap swap) {
    of.insist(
        "swap back " + swap.component(),
        () ->
            of.steps()
                .step("swap back", swap.component())
                .run(CutOverActivities.class, a -> a.swapBack(of.theRun(), swap)));
  }

  /** After healthy: the old data becomes a retained copy. */
  void keep() {
    for (var swap : swaps) {
      of.insist(
          "retain " + swap.component(),
          () ->
              of.retained()
                  .addAll(
                      of
                          .steps()
                          .step("retain old data", swap.component())
                          .ask(
                              CutOverActivities.class,
                              a -> a.retain(of.theRun(), swap),
                              kept -> kept.map(Retained::name).orElse("there was none"))
                          .stream()
                          .toList()));
    }
  }
}
