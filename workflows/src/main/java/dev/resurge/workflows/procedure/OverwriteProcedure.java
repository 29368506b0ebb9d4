package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Plan.ComponentPlan;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.procedure.CutOverResult.Outcome;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * compare → journal → quiesce → safety set → remove the live data → load → verify → place → resume
 * → health checks; or back, by loading the safety set. Nothing is removed before the safety set is
 * committed, and nobody is waited for while the system is down.
 */
public final class OverwriteProcedure extends DataChild implements Overwrite {
  /** Loading takes as long as it takes; its steps give up by themselves. */
  private static final Duration NO_BUDGET = Duration.ofDays(10_000);

  private final List<Swap> swaps = new ArrayList<>();
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
    var failure = within(NO_BUDGET, this::makeSafe);
    if (failure.isEmpty()) {
      failure = replace();
    }
    if (failure.isEmpty()) {
      Workflow.newDetachedCancellationScope(this::settleForward).run();
      return result(Outcome.HEALTHY, Optional.empty(), safety);
    }
    Workflow.newDetachedCancellationScope(this::goBack).run();
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
            SetId.of(people().now(), Conversation.newCode(4)),
            SetKind.SAFETY,
            Map.of("before-restore", theRun().id().value()),
            sources);
    safety = Optional.of(SetMaking.make(steps(), theRun(), draft, people().now()));
  }

  private Optional<Evidence.Failure> replace() {
    var removing = entry(State.REMOVING, List.of(), safety.map(SetSummary::set));
    note(removing);
    var copies = new ArrayList<StagedCopy>();
    return within(
            NO_BUDGET,
            () -> {
              for (var planned : plan().components()) {
                remove(planned);
                copies.add(build(planned.component(), plan().set().orElseThrow()));
              }
              verify(copies);
              swaps.addAll(copies.stream().map(this::swapFor).toList());
            })
        .or(() -> {
          note(entry(State.PLACING, List.copyOf(swaps), safety.map(SetSummary::set)));
          return within(
              plan().cutOverBudget(),
              () -> {
                swaps.forEach(this::place);
                resumeAndCheck();
              });
        });
  }

  private void remove(ComponentPlan planned) {
    steps()
        .step("remove live data", planned.component())
        .run(
            CutOverActivities.class,
            a -> a.removeLive(theRun(), plan(), safety.orElseThrow().set(), planned.component()));
  }

  private StagedCopy build(String component, SetId set) {
    return steps()
        .step("load", component)
        .ask(
            StageActivities.class,
            a -> a.stage(theRun(), set, component),
            copy -> copy.name() + ", " + copy.size().human());
  }

  private void verify(List<StagedCopy> copies) {
    var set = plan().set().orElseThrow();
    for (var copy : copies) {
      var results =
          steps()
              .step("verify", copy.component())
              .ask(StageActivities.class, a -> a.verifyStaged(theRun(), set, copy), Checks::words);
      Checks.failed(results)
          .ifPresent(failed -> {
            throw new StepFailed(
                Failures.of(ErrorType.VERIFICATION_FAILED, Checks.describe(failed)));
          });
    }
  }

  private Swap swapFor(StagedCopy copy) {
    return patient("place " + copy.component()).swapFor(theRun(), plan(), copy);
  }

  private void place(Swap swap) {
    steps()
        .step("place", swap.component())
        .hasty()
        .run(CutOverActivities.class, a -> a.swap(theRun(), swap));
  }

  /** Whatever was removed is loaded again from the safety set; what was not is still there. */
  private void goBack() {
    note(entry(State.GOING_BACK, List.of(), safety.map(SetSummary::set)));
    quiesceInsistently();
    if (safety.isPresent()) {
      for (var planned : plan().components()) {
        insist("bring back " + planned.component(), () -> bringBack(planned));
      }
    }
    resumeInsistently();
    note(entry(State.SETTLED_BACK));
  }

  /** There is no room to keep what was loaded and rejected. */
  private void bringBack(ComponentPlan planned) {
    var component = planned.component();
    var placed = swaps.stream().filter(s -> s.component().equals(component)).toList();
    steps()
        .step("put away", component)
        .run(CutOverActivities.class, a -> a.removeRejected(theRun(), component, placed));
    var isThere =
        planned.strategy() == Strategy.IN_PLACE
            && patient("look at " + component).reopen(theRun(), plan(), component);
    if (isThere || planned.strategy() != Strategy.IN_PLACE) {
      return;
    }
    var copy = build(component, safety.orElseThrow().set());
    var swap = swapFor(copy);
    steps().step("place", component).run(CutOverActivities.class, a -> a.swap(theRun(), swap));
    steps().step("claim", component).ask(CutOverActivities.class, a -> a.retain(theRun(), swap));
  }

  private void settleForward() {
    for (var swap : swaps) {
      insist(
          "claim " + swap.component(),
          () ->
              steps()
                  .step("claim", swap.component())
                  .ask(CutOverActivities.class, a -> a.retain(theRun(), swap)));
    }
    note(entry(State.SETTLED_HEALTHY));
  }

  @Override
  public void abort(String why) {
    goBackBecause(why);
  }
}
