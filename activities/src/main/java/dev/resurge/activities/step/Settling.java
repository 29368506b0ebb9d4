package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Workloads;
import dev.resurge.activities.store.Journal;
import dev.resurge.workflows.activity.SettleActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Plan.ComponentPlan;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Standing;
import dev.resurge.workflows.model.Standing.Place;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Workload;
import java.util.List;
import java.util.Optional;

/** What is found of cut overs that never wrote how they ended. */
public final class Settling implements SettleActivities {
  private final Site site;

  public Settling(Site site) {
    this.site = site;
  }

  @Override
  public List<RunId> unsettled(Run run) {
    return Attempts.call(
        run,
        attempt ->
            site.workbench(run).journal().unsettled().stream()
                .map(Journal.Unsettled::run)
                .toList());
  }

  @Override
  public Standing whereItStands(Run run, RunId journal) {
    return Attempts.call(run, attempt -> look(attempt, run, journal));
  }

  private Standing look(Attempt attempt, Run run, RunId journal) {
    var entries = site.workbench(run).journal().entries(journal);
    if (entries.isEmpty()) {
      throw new ResurgeException(
          ErrorType.RUN_UNKNOWN, "run " + journal + " of " + run.system() + " has no journal");
    }
    var bare = new Standing(journal, entries, List.of(), List.of());
    if (bare.plan().isEmpty()) {
      return bare;
    }
    var plan = bare.plan().get();
    var bench = site.workbench(run.inPlaceOf(journal, bare.scope()));
    var places = plan.components().stream().map(c -> place(attempt, bench, bare, c)).toList();
    return new Standing(journal, entries, places, running(attempt, bench));
  }

  private static List<String> running(Attempt attempt, Workbench bench) {
    return bench.runbook().workloads().stream()
        .filter(w ->
            bench.platform().workloads().observe(attempt, w).state() != Workloads.State.STOPPED)
        .map(Workload::name)
        .toList();
  }

  private Place place(Attempt attempt, Workbench bench, Standing journal, ComponentPlan planned) {
    requireKnown(bench, planned.component(), journal.run());
    return journal.plan().orElseThrow().inPlace()
        ? inPlace(attempt, bench, journal, planned)
        : swapped(attempt, bench, journal, planned);
  }

  private static void requireKnown(Workbench bench, String component, RunId journal) {
    if (bench.runbook().spec().components().stream().noneMatch(c -> c.name().equals(component))) {
      throw new ResurgeException(
          ErrorType.RUNBOOK_INVALID,
          "the journal of run "
              + journal
              + " is about the component '"
              + component
              + "', which the runbook does not have any more; put it back as it was, settle, then"
              + " take it out");
    }
  }

  private static Place swapped(
      Attempt attempt, Workbench bench, Standing journal, ComponentPlan planned) {
    var component = bench.component(planned.component());
    var driver = bench.driver(component);
    return swapOf(journal.swaps(), planned)
        .map(swap -> {
          var position = driver.position(attempt, component, swap);
          var found = driver.describeWorld(attempt, component, swap);
          return new Place(
              planned.component(),
              position,
              position == Position.CHANGED ? told(swap, found) : found);
        })
        .orElseGet(() ->
            new Place(planned.component(), Position.CHANGED, "the journal holds no swap of it"));
  }

  private static Optional<Swap> swapOf(List<Swap> swaps, ComponentPlan planned) {
    return swaps.stream().filter(s -> s.component().equals(planned.component())).findFirst();
  }

  private static String told(Swap swap, String found) {
    return "found: "
        + found
        + "; to go back, "
        + swap.liveName()
        + " must be "
        + swap.live().map(TargetIdentity::value).orElse("nothing")
        + " and "
        + swap.stagedName()
        + " "
        + swap.staged()
        + "; to go forward, "
        + swap.liveName()
        + " must be "
        + swap.staged()
        + swap.live().map(old -> " and " + swap.retainedName() + " " + old).orElse("");
  }

  /** There is only one name, and what may bear it is the old data, what was loaded, or nothing. */
  private static Place inPlace(
      Attempt attempt, Workbench bench, Standing journal, ComponentPlan planned) {
    var component = bench.component(planned.component());
    var found =
        bench.driver(component).inspect(attempt, component, Intent.CAPTURE, Optional.empty());
    var bearer = found.identity();
    var position = inPlace(bearer, journal, planned);
    var words = found.name() + " is " + bearer.map(TargetIdentity::value).orElse("nothing");
    return new Place(
        planned.component(),
        position,
        position == Position.CHANGED
            ? words
                + "; planned was "
                + planned.target().map(TargetIdentity::value).orElse("nothing")
                + ", loaded was "
                + swapOf(journal.swaps(), planned).map(s -> s.staged().value()).orElse("nothing")
            : words
                + journal
                    .safetySet()
                    .map(set -> ", what was removed is in safety set " + set)
                    .orElse(""));
  }

  private static Position inPlace(
      Optional<TargetIdentity> bearer, Standing journal, ComponentPlan planned) {
    if (borneBy(bearer, journal.swapsBack(), planned)) {
      return Position.BACK;
    }
    if (borneBy(bearer, journal.swaps(), planned)) {
      return Position.AFTER;
    }
    if (bearer.equals(planned.target())) {
      return Position.BEFORE;
    }
    return bearer.isEmpty() && journal.safetySet().isPresent()
        ? Position.BETWEEN
        : Position.CHANGED;
  }

  private static boolean borneBy(
      Optional<TargetIdentity> bearer, List<Swap> swaps, ComponentPlan planned) {
    return swaps.stream()
        .filter(s -> s.component().equals(planned.component()))
        .anyMatch(s -> bearer.equals(Optional.of(s.staged())));
  }
}
