package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.DrillInput;
import dev.resurge.workflows.model.RunResult;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Tries a set: restores it beside the live data, checks it, measures it, removes it. */
@WorkflowInterface
public interface Drill extends Decidable {
  /**
   * Runs to its end. Started under another workflow id than {@code <system>/drill}, it hands over
   * to the run of that id and answers where it is.
   */
  @WorkflowMethod(name = "Drill")
  RunResult run(DrillInput input);
}
