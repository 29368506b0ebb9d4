package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Direction;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.Standing;
import dev.resurge.workflows.runbook.Runbook;

/**
 * Which way an unsettled cut over is to be brought to its end.
 *
 * @param run the settle run
 * @param standing where things stood when people decided
 * @param notifies whether the installation tells anybody anything
 */
public record WalkRequest(
    Run run, Runbook runbook, Standing standing, Direction direction, boolean notifies) {
  /** Acts in the place of the run that is gone. */
  Run acting() {
    return run.inPlaceOf(standing.run(), standing.scope());
  }

  Plan plan() {
    return standing.plan().orElseThrow();
  }
}
