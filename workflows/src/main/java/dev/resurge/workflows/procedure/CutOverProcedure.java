package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.procedure.CutOverResult.Outcome;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
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
    var swapping = new Swapping(this, swaps);
    var failure = swapping.forward();
    if (failure.isEmpty()) {
      Workflow.newDetachedCancellationScope(() -> settleForward(swapping)).run();
      return result(Outcome.HEALTHY, Optional.empty(), Optional.empty());
    }
    Workflow.newDetachedCancellationScope(() -> goBack(swapping)).run();
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

  private void goBack(Swapping swapping) {
    swapping.turnBack();
    settleBack();
  }

  private void settleForward(Swapping swapping) {
    swapping.keep();
    settleHealthy();
  }
}
