package dev.resurge.workflows.model;

import java.util.List;
import java.util.stream.Collectors;

/** What a plan means, in words: the same on the command line and in notifications. */
public final class PlanWords {
  private PlanWords() {}

  /** What newer data is lost by agreeing. */
  public static List<String> givesUp(Plan plan) {
    return plan.givenUp().isEmpty()
        ? List.of("nothing: the live data holds nothing newer that was found")
        : plan.givenUp();
  }

  /** Each component: what is there, by what it is replaced, and how. */
  public static List<String> replaces(Plan plan) {
    return plan.components().stream().map(PlanWords::component).toList();
  }

  private static String component(Plan.ComponentPlan component) {
    return component.component()
        + " ("
        + component.type()
        + "): "
        + component.targetName()
        + (component.target().isPresent()
            ? ", now " + component.live().human() + ", by "
            : ", not there now, of ")
        + component.set().human()
        + "; "
        + component.strategy().words();
  }

  /** How long it is likely to take, people's own time left out. */
  public static String takes(Forecast forecast) {
    if (forecast.legs().isEmpty()) {
      return "not known: no earlier run tells";
    }
    var runs = forecast.legs().stream().mapToInt(Expected::runs).min().orElseThrow();
    return forecast.legs().stream()
            .map(leg -> leg.what() + " " + leg.range())
            .collect(Collectors.joining(", "))
        + ", by "
        + runs
        + (runs == 1 ? " earlier run" : " earlier runs");
  }

  /** What does not run meanwhile, and for how long at most. */
  public static String stops(Plan plan) {
    if (plan.workloads().isEmpty()) {
      return "nothing: the runbook says that nothing writes";
    }
    if (plan.rebuilds()) {
      return String.join(", ", plan.workloads())
          + ", if running; started on the restored data, it must be healthy within "
          + Durations.human(plan.cutOverBudget())
          + ", or that is put aside";
    }
    return String.join(", ", plan.workloads())
        + ", for at most "
        + Durations.human(plan.cutOverBudget())
        + (plan.inPlace()
            ? " after the set was loaded, and all the time before; then it goes back"
            : "; then it goes back");
  }
}
