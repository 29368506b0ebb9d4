package dev.resurge.workflows.model;

import java.util.List;
import java.util.Optional;

/**
 * How long a run is likely to take, judged from the evidence of earlier ones. Time that people take
 * to answer is in none of it.
 *
 * @param legs the stretches that people ask about, in the order of the run: the copies, the
 *     downtime; empty if no earlier run says anything
 * @param steps by their labels
 */
public record Forecast(List<Expected> legs, List<Expected> steps) {
  /** There is nothing to judge by. */
  public static final Forecast NONE = new Forecast(List.of(), List.of());

  public Forecast {
    legs = List.copyOf(legs);
    steps = List.copyOf(steps);
  }

  /** What is expected of a step while it is under way; empty for one that is over or unknown. */
  public Optional<Expected> of(Step step) {
    if (step.outcome() != Step.Outcome.RUNNING) {
      return Optional.empty();
    }
    var label = Step.label(step.name(), step.component());
    return steps.stream().filter(expected -> expected.what().equals(label)).findFirst();
  }
}
