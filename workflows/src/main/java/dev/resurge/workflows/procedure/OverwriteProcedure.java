package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetLabels;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.procedure.CutOverResult.Outcome;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * compare → journal → quiesce → safety set → remove the live data → load → verify → place → resume
 * → health checks; or back, by loading the safety set. Nothing is removed before the safety set is
 * committed, and nobody is waited for while the system is down.
 */
public final class OverwriteProcedure extends DataChild implements Overwrite {
  private Optional<SetSummary> safety = Optional.empty();

  @WorkflowInit
  public OverwriteProcedure(CutOverRequest request) {
    super(request);
  }

  @Override
  public CutOverResult run(CutOverRequest same) {
    var result = overwrite();
    Workflow.await(Workflow::isEveryHandlerFinished);
    return result;
  }

  private CutOverResult overwrite() {
    try {
      compareWithPlan();
    } catch (TemporalFailure e) {
      return result(Outcome.NOT_BEGUN, Optional.of(Failures.describe(e)), safety);
    }
    var opened = entry(State.OPENED);
    steps().step("open journal").record(() -> note(opened));
    var unsafe = within(Overwriting.NO_BUDGET, this::makeSafe);
    if (unsafe.isPresent()) {
      Workflow.newDetachedCancellationScope(this::leaveAsItWas).run();
      return result(Outcome.SWAPPED_BACK, unsafe, safety);
    }
    note(entry(State.REMOVING, List.of(), safety.map(SetSummary::set)));
    var overwriting = new Overwriting(this, safety.orElseThrow().set(), List.of(), List.of());
    var failure = overwriting.forward();
    if (failure.isEmpty()) {
      Workflow.newDetachedCancellationScope(() -> settleForward(overwriting)).run();
      return result(Outcome.HEALTHY, Optional.empty(), safety);
    }
    Workflow.newDetachedCancellationScope(() -> goBack(overwriting)).run();
    return result(Outcome.SWAPPED_BACK, failure, safety);
  }

  private void compareWithPlan() {
    steps()
        .step("compare with plan")
        .record(() -> {
          Stubs.patient(PrepareActivities.class, "look at journal").requireSettled(theRun());
          patient("compare").requireAsPlanned(theRun(), plan());
          lookAtWorkloads();
        });
  }

  /** Quiesced, so that no write comes after it: what is removed afterwards is in it, all of it. */
  private void makeSafe() {
    quiesce();
    var sources =
        plan().components().stream()
            .filter(c -> c.strategy() == Strategy.IN_PLACE)
            .map(c -> SetDraft.Source.live(c.component()))
            .toList();
    var draft =
        new SetDraft(
            SetId.of(people().now(), Conversation.newCode(2)),
            SetKind.SAFETY,
            Map.of(SetLabels.BEFORE_RESTORE, theRun().id().value()),
            sources);
    safety = Optional.of(SetMaking.make(steps(), theRun(), draft, people().now()));
  }

  /** Nothing was removed: only the workloads were stopped. */
  private void leaveAsItWas() {
    note(entry(State.GOING_BACK));
    quiesceInsistently();
    resumeInsistently();
    settleBack();
  }

  /** Whatever was removed is loaded again from the safety set; what was not is still there. */
  private void goBack(Overwriting overwriting) {
    note(entry(State.GOING_BACK, List.of(), safety.map(SetSummary::set)));
    overwriting.back();
    settleBack();
  }

  private void settleForward(Overwriting overwriting) {
    overwriting.keep();
    settleHealthy();
  }
}
