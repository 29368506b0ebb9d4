package dev.resurge.starter.view;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.PlanWords;
import dev.resurge.workflows.model.Procedure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan as it is read before anybody agrees: first what is lost by agreeing. */
public final class PlanText {
  private PlanText() {}

  /**
   * The plan in lines of at most {@code width}.
   *
   * @param forecast how long its run is likely to take; empty where that is past
   */
  public static List<String> lines(Plan plan, Optional<Forecast> forecast, int width, Style style) {
    var lines = new ArrayList<String>();
    lines.add(style.bold("Plan " + plan.code() + ": " + procedure(plan) + " " + plan.system()));
    lines.addAll(
        new Fields(width, style)
            .add("gives up", PlanWords.givesUp(plan))
            .add("restores", plan.source())
            .add(
                "recovers to",
                Times.text(plan.recoveryPoint()) + ", " + Durations.human(plan.age()) + " ago")
            .add(plan.rebuilds() ? "builds" : "replaces", PlanWords.replaces(plan))
            .add("stops", PlanWords.stops(plan))
            .add("takes", forecast.map(PlanWords::takes).orElse(""))
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
}
