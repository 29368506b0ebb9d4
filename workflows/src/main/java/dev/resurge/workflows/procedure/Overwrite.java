package dev.resurge.workflows.procedure;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * A restore where there is no room for two copies: the system is down from the safety set until the
 * restored data is healthy. Runs under the system's data lock and outlives its parent.
 */
@WorkflowInterface
public interface Overwrite extends Decidable {
  /** Replaces the live data, or brings it back from the safety set. */
  @WorkflowMethod(name = "Overwrite")
  CutOverResult run(CutOverRequest request);

  /** Goes back, unless the system is healthy already. */
  @SignalMethod(name = "abort")
  void abort(String why);
}
