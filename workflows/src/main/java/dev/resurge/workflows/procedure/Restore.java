package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.RunResult;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Brings a set back: staged beside the live data, verified, approved, swapped in. */
@WorkflowInterface
public interface Restore extends Decidable {
  /**
   * Runs to its end. Started under another workflow id than {@code <system>/restore}, it hands over
   * to the run of that id and answers where it is.
   */
  @WorkflowMethod(name = "Restore")
  RunResult run(RestoreInput input);

  /** What its cut over is doing; sent by that child. */
  @SignalMethod(name = "childReport", description = "Of its own child, not of people.")
  void childReport(ChildReport report);
}
