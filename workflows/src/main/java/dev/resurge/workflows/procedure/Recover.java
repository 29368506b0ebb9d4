package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.RecoverInput;
import dev.resurge.workflows.model.RunResult;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Rebuilds a system where nothing of it is. */
@WorkflowInterface
public interface Recover extends Decidable {
  /**
   * Runs to its end. Started under another workflow id than {@code <system>/recover}, it hands over
   * to the run of that id and answers where it is.
   */
  @WorkflowMethod(name = "Recover")
  RunResult run(RecoverInput input);

  /** What its cut over is doing; sent by that child. */
  @SignalMethod(name = "childReport", description = "Of its own child, not of people.")
  void childReport(ChildReport report);
}
