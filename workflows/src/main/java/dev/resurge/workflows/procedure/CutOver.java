package dev.resurge.workflows.procedure;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * The seconds in which a system is down. Runs under the system's data lock and outlives its parent:
 * terminating the run does not stop a cut over half-way. Decisions reach it through its run, or
 * directly where that is gone.
 */
@WorkflowInterface
public interface CutOver extends Decidable {
  /** Swaps in, or back. */
  @WorkflowMethod(name = "CutOver")
  CutOverResult run(CutOverRequest request);

  /** Goes back, unless the system is healthy already. */
  @SignalMethod(name = "abort")
  void abort(String why);
}
