package dev.resurge.workflows.forecast;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the steps of earlier runs of one system took, small enough to travel with a run.
 *
 * @param steps by their labels
 * @param swaps how long nothing ran while data that stood ready was swapped in
 * @param overwrites the same where the data was replaced in its place
 */
public record Paces(List<Pace> steps, Pace swaps, Pace overwrites) {
  private static final ByteSize NO_BYTES = new ByteSize(0);

  /** Nothing is known. */
  public static final Paces NONE =
      new Paces(List.of(), new Pace("swap", List.of()), new Pace("overwrite", List.of()));

  private static final Set<Procedure> WITH_SAFETY =
      EnumSet.of(Procedure.BACKUP, Procedure.RESTORE, Procedure.RECOVER, Procedure.DRILL);
  private static final Set<Procedure> STAGING =
      EnumSet.of(Procedure.RESTORE, Procedure.RECOVER, Procedure.DRILL);

  public Paces {
    steps = List.copyOf(steps);
  }

  /** The procedures whose evidence tells how long a run of this one takes. */
  public static Set<Procedure> telling(Procedure procedure) {
    return switch (procedure) {
      case BACKUP -> EnumSet.of(Procedure.BACKUP);
      case VERIFY -> EnumSet.of(Procedure.VERIFY);
      case RESTORE -> WITH_SAFETY;
      case RECOVER, DRILL -> STAGING;
      case PRUNE, SETTLE -> EnumSet.noneOf(Procedure.class);
    };
  }

  /**
   * Learns from reports. A step that failed, or that was tried more than once, says nothing of how
   * long it takes.
   */
  public static Paces of(List<Evidence> newestFirst) {
    var steps = new TreeMap<String, List<Sample>>();
    var swaps = new ArrayList<Sample>();
    var overwrites = new ArrayList<Sample>();
    for (var evidence : newestFirst) {
      for (var step : evidence.steps()) {
        sample(step)
            .ifPresent(sample ->
                steps
                    .computeIfAbsent(
                        Step.label(step.name(), step.component()), label -> new ArrayList<>())
                    .add(sample));
      }
      downtime(evidence)
          .ifPresent(took -> {
            if (evidence.plan().filter(Plan::inPlace).isPresent()) {
              overwrites.add(
                  new Sample(took, evidence.set().map(SetSummary::raw).orElse(NO_BYTES)));
            } else {
              swaps.add(new Sample(took, NO_BYTES));
            }
          });
    }
    return new Paces(
        steps.entrySet().stream().map(e -> new Pace(e.getKey(), e.getValue())).toList(),
        new Pace("swap", swaps),
        new Pace("overwrite", overwrites));
  }

  private static Optional<Sample> sample(Step step) {
    return step.end()
        .filter(end -> step.outcome() == Step.Outcome.DONE && step.attempts() == 1)
        .filter(end -> !step.name().startsWith("wait"))
        .map(end -> new Sample(Duration.between(step.start(), end), step.bytes().orElse(NO_BYTES)));
  }

  private static Optional<Duration> downtime(Evidence evidence) {
    var clocks = evidence.clocks();
    return clocks
        .quiesced()
        .flatMap(from -> clocks.healthy().map(to -> Duration.between(from, to)));
  }

  /** How long a step of that label took. */
  public Pace step(String label) {
    return steps.stream()
        .filter(pace -> pace.what().equals(label))
        .findFirst()
        .orElseGet(() -> new Pace(label, List.of()));
  }
}
