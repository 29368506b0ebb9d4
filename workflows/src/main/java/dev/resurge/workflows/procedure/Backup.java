package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.RunResult;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Captures the system's components as one committed, signed set. */
@WorkflowInterface
public interface Backup extends Decidable {
  /**
   * Runs to its end. Started under another workflow id than {@code <system>/backup}, it hands over
   * to the run of that id and answers where it is.
   */
  @WorkflowMethod(name = "Backup")
  RunResult run(BackupInput input);
}
