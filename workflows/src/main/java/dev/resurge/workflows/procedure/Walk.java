package dev.resurge.workflows.procedure;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Brings a cut over to its end that was left half-way. Runs under the system's data lock and
 * outlives its parent.
 */
@WorkflowInterface
public interface Walk extends Decidable {
  /** Walks the way that people decided on; from forward, back if the system is not healthy. */
  @WorkflowMethod(name = "Walk")
  CutOverResult run(WalkRequest request);

  /** Goes back, unless the system is healthy already. */
  @SignalMethod(name = "abort")
  void abort(String why);
}
