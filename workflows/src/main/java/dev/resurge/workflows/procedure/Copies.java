package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Component;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The restored copies that a run builds beside the live data, proves, and removes if unused. */
final class Copies {
  private final Conducted of;
  private final List<StagedCopy> all = new ArrayList<>();
  private final Map<String, Duration> took = new TreeMap<>();
  private boolean begun;

  Copies(Conducted of) {
    this.of = of;
  }

  /** Those that stand complete. */
  List<StagedCopy> all() {
    return List.copyOf(all);
  }

  /** Something is about to be staged otherwise than by building copies: it is discarded too. */
  void expectLeftovers() {
    begun = true;
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
          stage(set);
          check(verify(set), failed);
          return true;
        });
  }

  /** Builds all components' copies from a set. */
  void stage(SetId set) {
    begun = true;
    eachAtOnce(component -> stage(set, component));
    of.draft().clocks().staged = Optional.of(of.people().now());
  }

  /** Whether anything may stand. */
  boolean begun() {
    return begun;
  }

  /** How long it took to build each of those that stand. */
  Map<String, Duration> took() {
    return Map.copyOf(took);
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
    took.clear();
    var staged = new ArrayList<Promise<Staging>>();
    for (var component : of.components()) {
      staged.add(Async.function(() -> timed(component, work)).handle(Staging::new));
    }
    // Wait for all, so that a failing one does not leave another still writing.
    var built = staged.stream().map(Promise::get).toList();
    built.stream().filter(one -> one.failure() == null).forEach(one -> all.add(one.copy()));
    built.forEach(Staging::orThrow);
  }

  private StagedCopy timed(Component component, Function<Component, StagedCopy> work) {
    var since = of.people().now();
    var copy = work.apply(component);
    took.put(component.name(), Duration.between(since, of.people().now()));
    return copy;
  }

  /** One component's copy, or why there is none. */
  private record Staging(StagedCopy copy, RuntimeException failure) {
    void orThrow() {
      if (failure != null) {
        throw failure;
      }
    }
  }

  private StagedCopy stage(SetId set, Component component) {
    return of.steps()
        .step("stage", component.name())
        .ask(
            StageActivities.class,
            a -> a.stage(of.theRun(), set, component.name()),
            copy -> copy.name() + ", " + copy.size().human(),
            copy -> inSet(component.name()));
  }

  /** How much data the set holds of it: what its steps are paced by. */
  private Optional<ByteSize> inSet(String component) {
    return of.draft().set().flatMap(chosen -> chosen.size(component));
  }

  private StagedCopy adopt(RunId from, Component component) {
    return of.steps()
        .step("take retained copy", component.name())
        .ask(
            StageActivities.class,
            a -> a.adopt(of.theRun(), from, component.name()),
            StagedCopy::name);
  }

  /** Counts all copies again and compares them with the set's fingerprints. */
  List<CheckResult> verify(SetId set) {
    of.phase("verifying");
    var results = new ArrayList<CheckResult>();
    for (var copy : all) {
      results.addAll(
          of.steps()
              .step("verify staged copy", copy.component())
              .ask(
                  StageActivities.class,
                  a -> a.verifyStaged(of.theRun(), set, copy),
                  Checks::words,
                  passed -> inSet(copy.component())));
    }
    return results;
  }

  /** The runbook's own checks, after what the copies themselves showed. */
  private void check(List<CheckResult> verified, Consumer<CheckResult> failed) {
    var results = new ArrayList<>(verified);
    results.addAll(ask());
    of.draft().checks().removeIf(old -> old.when().equals("staged"));
    of.draft().checks().addAll(results);
    Checks.failed(results).ifPresent(failed);
  }

  /** Asks the runbook's own checks of them. */
  List<CheckResult> ask() {
    return of.steps()
        .step("check staged copies")
        .ask(StageActivities.class, a -> a.checkStaged(of.theRun(), all()), Checks::words);
  }

  /**
   * Removes what was built and is not live or kept; says in the evidence what stayed. There may be
   * something also when all went well: what an attempt built that was thought dead.
   */
  void discard() {
    if (!begun) {
      return;
    }
    of.components().forEach(component -> discard(of, of.theRun(), component.name()));
  }

  /** Removes what {@code owner} has built of a component; says in the evidence what stayed. */
  static void discard(Conducted of, Run owner, String component) {
    try {
      Stubs.patient(StageActivities.class, "discard staged " + component)
          .discardStaged(owner, component);
    } catch (TemporalFailure e) {
      of.draft()
          .notes()
          .add(
              "the staged copy of "
                  + component
                  + " could not be removed: "
                  + Failures.describe(e).message());
    }
  }
}
