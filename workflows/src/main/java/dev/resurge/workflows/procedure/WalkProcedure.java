package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.SettleActivities;
import dev.resurge.workflows.model.Direction;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Standing;
import dev.resurge.workflows.procedure.CutOverResult.Outcome;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;

/**
 * look again → take the journal over → the way that was decided, from wherever each component
 * stands. It acts in the place of the run that is gone: what that run built, marked or left running
 * is found by its id.
 */
public final class WalkProcedure extends DataChild implements Walk {
  private final WalkRequest request;
  private Standing standing;

  @WorkflowInit
  public WalkProcedure(WalkRequest request) {
    super(request.run(), request.acting(), request.runbook(), request.plan(), request.notifies());
    this.request = request;
    this.standing = request.standing();
  }

  @Override
  public CutOverResult run(WalkRequest same) {
    var result = walk();
    Workflow.await(Workflow::isEveryHandlerFinished);
    return result;
  }

  private CutOverResult walk() {
    try {
      lookAgain();
      takeOver();
    } catch (TemporalFailure | StepFailed e) {
      return notBegun(Failures.describe(e));
    }
    return request.plan().inPlace()
        ? standing.safetySet().map(this::inPlace).orElseGet(this::nothingWasRemoved)
        : swapped();
  }

  /** Now that nobody else can move anything: people decided on what they were shown. */
  private void lookAgain() {
    steps()
        .step("look again")
        .record(() -> {
          standing =
              Stubs.patient(SettleActivities.class, "look again")
                  .whereItStands(request.run(), request.standing().run());
          var same = standing.entries().size() == request.standing().entries().size();
          if (!same || !standing.possible().contains(request.direction())) {
            throw new StepFailed(
                Failures.of(
                    ErrorType.TARGET_CHANGED,
                    "it stands otherwise than when "
                        + request.direction().id()
                        + " was decided: "
                        + String.join("; ", standing.words())));
          }
        });
  }

  /** Who writes the entry has the journal; a second walk anywhere is refused by its number. */
  private void takeOver() {
    journalled(standing.entries().size());
    ranBefore(standing.ranBefore());
    var state = request.direction() == Direction.FORWARD ? State.GOING_FORWARD : State.GOING_BACK;
    var taken = entry(state, List.of(), standing.safetySet());
    steps()
        .step("take over journal")
        .record(() -> patient("take over journal").journal(taken, theRun().system(), theRun()));
  }

  private CutOverResult swapped() {
    var swapping = new Swapping(this, standing.swaps());
    if (request.direction() == Direction.BACK) {
      return back(swapping::back, Optional.empty());
    }
    var failure = standing.restoredIsLive() ? swapping.resumeAndCheck() : swapping.forward();
    if (failure.isEmpty()) {
      return healthy(swapping::keep);
    }
    return back(swapping::turnBack, failure);
  }

  private CutOverResult inPlace(SetId safetySet) {
    var overwriting = new Overwriting(this, safetySet, standing.swaps(), standing.swapsBack());
    if (request.direction() == Direction.BACK) {
      return back(overwriting::back, Optional.empty());
    }
    var failure =
        standing.restoredIsLive()
            ? within(plan().cutOverBudget(), this::resumeAndCheck)
            : within(plan().cutOverBudget(), this::quiesce).or(overwriting::forward);
    if (failure.isEmpty()) {
      return healthy(overwriting::keep);
    }
    if (standing.restoredIsLive()) {
      // The application may have written to it for hours, and there is no room to keep that.
      return notBegun(failure.get());
    }
    return back(
        () -> {
          note(entry(State.GOING_BACK, List.of(), Optional.of(safetySet)));
          overwriting.back();
        },
        failure);
  }

  /** In place, before the safety set was made: only the workloads may have been stopped. */
  private CutOverResult nothingWasRemoved() {
    return back(this::resumeInsistently, Optional.empty());
  }

  private CutOverResult healthy(Runnable keep) {
    Workflow.newDetachedCancellationScope(
            () -> {
              keep.run();
              settleHealthy();
            })
        .run();
    return result(Outcome.HEALTHY, Optional.empty(), Optional.empty());
  }

  private CutOverResult back(Runnable way, Optional<Evidence.Failure> why) {
    Workflow.newDetachedCancellationScope(
            () -> {
              way.run();
              settleBack();
            })
        .run();
    return result(Outcome.SWAPPED_BACK, why, Optional.empty());
  }

  private CutOverResult notBegun(Evidence.Failure why) {
    return result(Outcome.NOT_BEGUN, Optional.of(why), Optional.empty());
  }
}
