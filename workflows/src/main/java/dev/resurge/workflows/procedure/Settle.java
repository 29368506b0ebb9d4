package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.SettleInput;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Brings a cut over to its end that was left half-way, forward or back. */
@WorkflowInterface
public interface Settle extends Decidable {
  /**
   * Runs to its end. Started under another workflow id than {@code <system>/settle}, it hands over
   * to the run of that id and answers where it is.
   */
  @WorkflowMethod(name = "Settle")
  RunResult run(SettleInput input);

  /** What its walk is doing; sent by that child. */
  @SignalMethod(name = "childReport", description = "Of its own child, not of people.")
  void childReport(ChildReport report);
}
