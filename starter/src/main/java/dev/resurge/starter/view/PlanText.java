package dev.resurge.starter.view;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Plan;
import java.util.ArrayList;
import java.util.List;

/** A plan as it is read before anybody agrees: first what is lost by agreeing. */
public final class PlanText {
  private PlanText() {}

  /** The plan in lines of at most {@code width}. */
  public static List<String> lines(Plan plan, int width, Style style) {
    var lines = new ArrayList<String>();
    lines.add(style.bold("Plan " + plan.code() + ": restore " + plan.system()));
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
            .add("replaces", plan.components().stream().map(PlanText::component).toList())
            .add("stops", stops(plan))
            .add("checks", String.join(", ", plan.checks()))
            .add("hooks", String.join(", ", plan.hooks()))
            .add("warnings", plan.warnings())
            .add("approval", plan.approval())
            .add("digest", "sha256:" + Columns.cut(plan.digest(), 16))
            .lines());
    return List.copyOf(lines);
  }

  private static String component(Plan.ComponentPlan component) {
    return component.component()
        + " ("
        + component.type()
        + "): "
        + component.targetName()
        + (component.target().isPresent() ? ", now " + component.live().human() : ", not there now")
        + ", by "
        + component.set().human()
        + "; "
        + component.strategy().words();
  }

  private static String stops(Plan plan) {
    return plan.workloads().isEmpty()
        ? "nothing: the runbook says that nothing writes"
        : String.join(", ", plan.workloads())
            + ", for at most "
            + Durations.human(plan.cutOverBudget())
            + (plan.inPlace()
                ? " after the set was loaded, and all the time before; then it goes back"
                : "; then it goes back");
  }
}
