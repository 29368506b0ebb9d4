package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.PruneInput;
import dev.resurge.workflows.model.RunResult;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Removes the sets that the runbook's rules do not keep, and what is left of older runs. */
@WorkflowInterface
public interface Prune extends Decidable {
  /**
   * Runs to its end. Started under another workflow id than {@code <system>/prune}, it hands over
   * to the run of that id and answers where it is.
   */
  @WorkflowMethod(name = "Prune")
  RunResult run(PruneInput input);
}
