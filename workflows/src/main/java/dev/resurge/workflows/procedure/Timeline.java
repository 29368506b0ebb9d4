package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What happened and when: the steps of one run, several of which may run at once. */
final class Timeline {
  private final Supplier<Instant> clock;
  private final Runnable changed;
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param clock the workflow's time
   * @param changed told after every change
   */
  Timeline(Supplier<Instant> clock, Runnable changed) {
    this.clock = clock;
    this.changed = changed;
  }

  /** Begins a step and returns its handle. */
  int begin(String name, Optional<String> component) {
    return add(name, component, Step.Outcome.RUNNING, Optional.empty(), false);
  }

  /** Begins a time of waiting for people. */
  int beginWaiting(String name, String detail) {
    return add(name, Optional.empty(), Step.Outcome.WAITING, Optional.of(detail), false);
  }

  /** Something to know that took no time. */
  void note(String name, String detail) {
    add(name, Optional.empty(), Step.Outcome.NOTE, Optional.of(detail), true);
  }

  /** Ends a step well. */
  void done(int step, Optional<String> detail) {
    done(step, detail, Optional.empty());
  }

  /** Ends a step well that moved so much data. */
  void done(int step, Optional<String> detail, Optional<ByteSize> bytes) {
    end(step, Step.Outcome.DONE, detail, bytes);
  }

  /** Ends a step with what went wrong. */
  void failed(int step, String detail) {
    end(step, Step.Outcome.FAILED, Optional.of(detail), Optional.empty());
  }

  /** Takes over the steps of a child, in place of what it reported before. */
  void adopt(int from, List<Step> childSteps) {
    while (steps.size() > from) {
      steps.removeLast();
    }
    steps.addAll(childSteps);
    changed.run();
  }

  /** How many steps there are: where a child's will begin. */
  int size() {
    return steps.size();
  }

  /** All steps so far. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  private int add(
      String name,
      Optional<String> component,
      Step.Outcome outcome,
      Optional<String> detail,
      boolean over) {
    var now = clock.get();
    steps.add(
        new Step(
            name, component, now, over ? Optional.of(now) : Optional.empty(), 1, outcome, detail));
    changed.run();
    return steps.size() - 1;
  }

  private void end(
      int index, Step.Outcome outcome, Optional<String> detail, Optional<ByteSize> bytes) {
    var step = steps.get(index);
    steps.set(
        index,
        new Step(
            step.name(),
            step.component(),
            step.start(),
            Optional.of(clock.get()),
            step.attempts(),
            outcome,
            detail.or(step::detail),
            bytes));
    changed.run();
  }
}
