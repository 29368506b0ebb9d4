package dev.resurge.starter.view;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import java.util.ArrayList;
import java.util.List;

/** A plan as it is read before anybody agrees: first what is lost by agreeing. */
public final class PlanText {
  private PlanText() {}

  /** The plan in lines of at most {@code width}. */
  public static List<String> lines(Plan plan, int width, Style style) {
    var lines = new ArrayList<String>();
    lines.add(style.bold("Plan " + plan.code() + ": " + procedure(plan) + " " + plan.system()));
    lines.addAll(
        new Fields(width, style)
            .add(
                "gives up",
                plan.givenUp().isEmpty()
                    ? List.of("nothing: the live data holds nothing newer that was found")
                    : plan.givenUp())
            .add("restores", plan.source())
            .add(
                "recovers to",
                Times.text(plan.recoveryPoint()) + ", " + Durations.human(plan.age()) + " ago")
            .add(
                plan.rebuilds() ? "builds" : "replaces",
                plan.components().stream().map(PlanText::component).toList())
            .add("stops", stops(plan))
            .add("checks", String.join(", ", plan.checks()))
            .add("hooks", String.join(", ", plan.hooks()))
            .add("warnings", plan.warnings())
            .add("approval", plan.approval())
            .add("digest", "sha256:" + Columns.cut(plan.digest(), 16))
            .lines());
    return List.copyOf(lines);
  }

  private static String procedure(Plan plan) {
    return plan.run().procedure().orElse(Procedure.RESTORE).id();
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

  private static String stops(Plan plan) {
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
