package dev.resurge.workflows.forecast;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Expected;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Predicts a run from the pace of earlier ones. */
public final class Forecaster {
  private final Paces paces;
  private final List<String> components;
  private final Optional<SetSummary> set;
  private final List<Expected> legs = new ArrayList<>();

  /**
   * @param components that the run is about
   * @param set that it reads; empty for one that makes a set
   */
  public Forecaster(Paces paces, List<String> components, Optional<SetSummary> set) {
    this.paces = paces;
    this.components = List.copyOf(components);
    this.set = set;
  }

  /** One component after the other is read into a set. */
  public Forecaster capture(String leg) {
    add(leg, each("capture", false, Range::then));
    return this;
  }

  /** All components at once are built beside the live ones; then each is counted again. */
  public Forecaster copies(String leg) {
    var verified = each("verify staged copy", true, Range::then);
    var checked = paces.step("check staged copies").range(Optional.empty());
    add(
        leg,
        each("stage", true, Range::beside)
            .map(built -> verified.map(built::then).orElse(built))
            .map(built -> checked.map(built::then).orElse(built)));
    return this;
  }

  /** Nothing runs while what stands ready is swapped in. */
  public Forecaster swap(String leg) {
    add(leg, paces.swaps().range(Optional.empty()));
    return this;
  }

  /** Nothing runs while data is replaced in its place. */
  public Forecaster overwrite(String leg) {
    add(leg, paces.overwrites().range(set.map(SetSummary::raw)));
    return this;
  }

  /** All of it. */
  public Forecast forecast() {
    var steps = new ArrayList<Expected>();
    for (var pace : paces.steps()) {
      pace.range(bytes(pace.what())).ifPresent(range -> steps.add(range.of(pace.what())));
    }
    return new Forecast(legs, steps);
  }

  private void add(String leg, Optional<Range> range) {
    range.ifPresent(r -> legs.add(r.of(leg)));
  }

  /** Empty if of any component nothing is known. */
  private Optional<Range> each(String step, boolean ofSet, BinaryOperator<Range> together) {
    Optional<Range> all = Optional.empty();
    for (var component : components) {
      var label = Step.label(step, Optional.of(component));
      var one = paces.step(label).range(ofSet ? size(component) : Optional.empty());
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all = all.isEmpty() ? one : all.map(before -> together.apply(before, one.get()));
    }
    return all;
  }

  /** How much a step moves: what the set holds of its component. */
  private Optional<ByteSize> bytes(String label) {
    return label.startsWith("capture ")
        ? Optional.empty()
        : components.stream()
            .filter(component -> label.endsWith(" " + component))
            .findFirst()
            .flatMap(this::size);
  }

  private Optional<ByteSize> size(String component) {
    return set.flatMap(s -> s.size(component));
  }
}
