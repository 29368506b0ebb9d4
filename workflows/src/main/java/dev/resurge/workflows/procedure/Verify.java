package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.VerifyInput;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Reads a set back and proves that every byte is what its manifest says. */
@WorkflowInterface
public interface Verify extends Decidable {
  /**
   * Runs to its end. Started under another workflow id than {@code <system>/verify}, it hands over
   * to the run of that id and answers where it is.
   */
  @WorkflowMethod(name = "Verify")
  RunResult run(VerifyInput input);
}
