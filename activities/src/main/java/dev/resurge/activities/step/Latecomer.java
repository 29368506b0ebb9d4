package dev.resurge.activities.step;

import io.temporal.activity.Activity;
import io.temporal.client.WorkflowServiceException;
import java.util.Optional;

/**
 * An attempt that was thought dead and goes on when its workflow is over: a worker that stood still
 * for an hour. What others do at such times is refused by locks, identities and marks; what nothing
 * refuses it has to undo itself, for nobody else knows of it any more.
 */
final class Latecomer {
  private final Holders holders;

  Latecomer(Holders holders) {
    this.holders = holders;
  }

  /** Whether the workflow that wanted this is over. Where Temporal does not say, it is not. */
  boolean isOne() {
    var info = Activity.getExecutionContext().getInfo();
    try {
      var wanted = Optional.of(info.getWorkflowRunId());
      return !holders.describe(info.getWorkflowId()).temporalRunId().equals(wanted);
    } catch (WorkflowServiceException e) {
      return false;
    }
  }
}
