package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Plan.ComponentPlan;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.Swap;
import io.temporal.failure.TemporalFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ways of data that is replaced where it stands, once a safety set holds it: remove → load →
 * verify → place, or back by loading the safety set.
 */
final class Overwriting {
  /** Loading takes as long as it takes; its steps give up by themselves. */
  static final Duration NO_BUDGET = Duration.ofDays(10_000);

  private final DataChild of;
  private final SetId safety;
  private final List<Swap> swaps;
  private final List<Swap> swapsBack;

  /**
   * @param swaps that were being placed already
   * @param swapsBack by which the safety set's copies were being placed already
   */
  Overwriting(DataChild of, SetId safety, List<Swap> swaps, List<Swap> swapsBack) {
    this.of = of;
    this.safety = safety;
    this.swaps = new ArrayList<>(swaps);
    this.swapsBack = new ArrayList<>(swapsBack);
  }

  /** Goes on from wherever it is; what stopped it, or empty if the system is healthy. */
  Optional<Evidence.Failure> forward() {
    return swaps.isEmpty() ? replace().or(this::place) : place();
  }

  private Optional<Evidence.Failure> replace() {
    var copies = new ArrayList<StagedCopy>();
    return of.within(
            NO_BUDGET,
            () -> {
              for (var planned : of.plan().components()) {
                remove(planned);
                copies.add(build(planned.component(), of.plan().set().orElseThrow()));
              }
              verify(copies);
              swaps.addAll(copies.stream().map(this::swapFor).toList());
            })
        .or(() -> {
          of.note(of.entry(State.PLACING, List.copyOf(swaps), Optional.of(safety)));
          return Optional.empty();
        });
  }

  private Optional<Evidence.Failure> place() {
    return of.within(
        of.plan().cutOverBudget(),
        () -> {
          for (var swap : swaps) {
            of.steps()
                .step("place", swap.component())
                .hasty()
                .run(CutOverActivities.class, a -> a.swap(of.theRun(), swap));
          }
          of.resumeAndCheck();
        });
  }

  private void remove(ComponentPlan planned) {
    of.steps()
        .step("remove live data", planned.component())
        .run(
            CutOverActivities.class,
            a -> a.removeLive(of.theRun(), of.plan(), safety, planned.component()));
  }

  private StagedCopy build(String component, SetId set) {
    return of.steps()
        .step("load", component)
        .ask(
            StageActivities.class,
            a -> a.stage(of.theRun(), set, component),
            copy -> copy.name() + ", " + copy.size().human());
  }

  private void verify(List<StagedCopy> copies) {
    var set = of.plan().set().orElseThrow();
    for (var copy : copies) {
      var results =
          of.steps()
              .step("verify", copy.component())
              .ask(
                  StageActivities.class,
                  a -> a.verifyStaged(of.theRun(), set, copy),
                  Checks::words);
      Checks.failed(results)
          .ifPresent(failed -> {
            throw new StepFailed(
                Failures.of(ErrorType.VERIFICATION_FAILED, Checks.describe(failed)));
          });
    }
  }

  private Swap swapFor(StagedCopy copy) {
    return DataChild.patient("place " + copy.component()).swapFor(of.theRun(), of.plan(), copy);
  }

  /** Whatever was removed is loaded again from the safety set; what was not is still there. */
  void back() {
    of.quiesceInsistently();
    for (var planned : of.plan().components()) {
      of.insist("bring back " + planned.component(), () -> bringBack(planned));
    }
    of.resumeInsistently();
  }

  /** There is no room to keep what was loaded and rejected. */
  private void bringBack(ComponentPlan planned) {
    var component = planned.component();
    var loaded = swapsBack.stream().filter(s -> s.component().equals(component) && isLive(s));
    var isBack = loaded.findFirst();
    if (isBack.isPresent()) {
      claim(isBack.get());
      return;
    }
    var placed = swaps.stream().filter(s -> s.component().equals(component)).toList();
    of.steps()
        .step("put away", component)
        .run(CutOverActivities.class, a -> a.removeRejected(of.theRun(), component, placed));
    var isThere =
        planned.strategy() == Strategy.IN_PLACE
            && DataChild.patient("look at " + component).reopen(of.theRun(), of.plan(), component);
    if (isThere || planned.strategy() != Strategy.IN_PLACE) {
      return;
    }
    var swap = swapFor(build(component, safety));
    swapsBack.add(swap);
    // Whoever goes on from here knows by it that what bears the live name is no stranger.
    of.note(of.entry(State.GOING_BACK, List.of(swap), Optional.of(safety)));
    of.steps()
        .step("place", component)
        .run(CutOverActivities.class, a -> a.swap(of.theRun(), swap));
    claim(swap);
  }

  private boolean isLive(Swap swap) {
    try {
      return DataChild.patient("look at " + swap.component()).position(of.theRun(), swap)
          == Position.AFTER;
    } catch (TemporalFailure e) {
      if (Failures.typeOf(e) == ErrorType.TARGET_CHANGED) {
        return false; // it was put away since, and built again
      }
      throw e;
    }
  }

  private void claim(Swap swap) {
    of.steps()
        .step("claim", swap.component())
        .ask(CutOverActivities.class, a -> a.retain(of.theRun(), swap));
  }

  /** After healthy: what was loaded is the heir of what was removed. */
  void keep() {
    for (var swap : swaps) {
      of.insist("claim " + swap.component(), () -> claim(swap));
    }
  }
}
