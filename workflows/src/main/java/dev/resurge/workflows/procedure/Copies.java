package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Component;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The restored copies that a run builds beside the live data, proves, and removes if unused. */
final class Copies {
  private final Conducted of;
  private final List<StagedCopy> all = new ArrayList<>();
  private boolean begun;

  Copies(Conducted of) {
    this.of = of;
  }

  /** Those that stand complete. */
  List<StagedCopy> all() {
    return List.copyOf(all);
  }

  /**
   * Builds all components' copies from a set and verifies them; parks if that keeps failing.
   *
   * @param failed told of the first check that a copy did not pass; throws
   */
  void build(SetId set, Consumer<CheckResult> failed) {
    of.phase("staging");
    of.parking(
        "staging",
        List.of(),
        () -> {
          if (begun) {
            discard(); // what did not verify is not reused
          }
          begun = true;
          eachAtOnce(component -> stage(set, component));
          of.draft().clocks().staged = Optional.of(of.people().now());
          check(verify(set), failed);
          return true;
        });
  }

  /** Takes what an earlier run's restore replaced; there is no fingerprint to compare it with. */
  void adopt(RunId from, Consumer<CheckResult> failed) {
    of.phase("staging");
    of.parking(
        "taking what was retained",
        List.of(),
        () -> {
          begun = true;
          eachAtOnce(component -> adopt(from, component));
          of.draft().clocks().staged = Optional.of(of.people().now());
          check(List.of(), failed);
          return true;
        });
  }

  /** All components at once, each restored beside the live one. */
  private void eachAtOnce(Function<Component, StagedCopy> work) {
    all.clear();
    var staged = new ArrayList<Promise<Staging>>();
    for (var component : of.components()) {
      staged.add(Async.function(() -> work.apply(component)).handle(Staging::new));
    }
    // Wait for all, so that a failing one does not leave another still writing.
    staged.stream().map(Promise::get).toList().forEach(one -> all.add(one.orThrow()));
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

  private StagedCopy stage(SetId set, Component component) {
    return of.steps()
        .step("stage", component.name())
        .ask(
            StageActivities.class,
            a -> a.stage(of.theRun(), set, component.name()),
            copy -> copy.name() + ", " + copy.size().human());
  }

  private StagedCopy adopt(RunId from, Component component) {
    return of.steps()
        .step("take retained copy", component.name())
        .ask(
            StageActivities.class,
            a -> a.adopt(of.theRun(), from, component.name()),
            StagedCopy::name);
  }

  private List<CheckResult> verify(SetId set) {
    of.phase("verifying");
    var results = new ArrayList<CheckResult>();
    for (var copy : all) {
      results.addAll(
          of.steps()
              .step("verify staged copy", copy.component())
              .ask(
                  StageActivities.class,
                  a -> a.verifyStaged(of.theRun(), set, copy),
                  Checks::words));
    }
    return results;
  }

  /** The runbook's own checks, after what the copies themselves showed. */
  private void check(List<CheckResult> verified, Consumer<CheckResult> failed) {
    var results = new ArrayList<>(verified);
    results.addAll(
        of.steps()
            .step("check staged copies")
            .ask(StageActivities.class, a -> a.checkStaged(of.theRun(), all()), Checks::words));
    of.draft().checks().removeIf(old -> old.when().equals("staged"));
    of.draft().checks().addAll(results);
    Checks.failed(results).ifPresent(failed);
  }

  /** Removes what was built and is not live or kept; says in the evidence what stayed. */
  void discard() {
    if (!begun) {
      return;
    }
    var kept = of.draft().retained();
    for (var component : of.components()) {
      if (kept.stream().anyMatch(k -> k.component().equals(component.name()))) {
        continue; // it was live for a while and is kept as rejected
      }
      try {
        Stubs.patient(StageActivities.class, "discard staged " + component.name())
            .discardStaged(of.theRun(), component.name());
      } catch (TemporalFailure e) {
        of.draft()
            .notes()
            .add(
                "the staged copy of "
                    + component.name()
                    + " could not be removed: "
                    + Failures.describe(e).message());
      }
    }
  }
}
