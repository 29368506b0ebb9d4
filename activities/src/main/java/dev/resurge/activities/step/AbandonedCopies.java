package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.activity.PruneActivities.AbandonedCopy;
import dev.resurge.workflows.model.Holder;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.runbook.Component;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the copies that runs have staged and could not remove when they ended. */
final class AbandonedCopies {
  private final Attempt attempt;
  private final Workbench bench;
  private final Holders holders;

  AbandonedCopies(Attempt attempt, Workbench bench, Holders holders) {
    this.attempt = attempt;
    this.bench = bench;
    this.holders = holders;
  }

  /**
   * Those of runs that began before then and that nobody can go on with.
   *
   * @param remarks gets a line for each that is left alone because somebody may
   */
  List<AbandonedCopy> find(Instant before, List<String> remarks) {
    return bench.components().stream()
        .flatMap(this::of)
        .filter(copy -> copy.run().started().isBefore(before))
        .filter(copy -> isAbandoned(copy, remarks))
        .toList();
  }

  private Stream<AbandonedCopy> of(Component component) {
    return bench.driver(component).leftovers(attempt, component, bench.owner()).stream()
        .map(left -> new AbandonedCopy(component.name(), left.run(), left.name()));
  }

  private boolean isAbandoned(AbandonedCopy copy, List<String> remarks) {
    var user = user(copy.run());
    user.ifPresent(holder ->
        remarks.add(
            "the staged copy "
                + copy.name()
                + " of run "
                + copy.run()
                + " is left alone: "
                + holder.describe()));
    return user.isEmpty();
  }

  /** It may be that run, one that goes on with what it left, or who settles it. */
  private Optional<Holder> user(RunId run) {
    return holders.firstOf(
        Stream.concat(run.procedure().stream(), Stream.of(Procedure.SETTLE)),
        bench.runbook().system());
  }
}
