package dev.resurge.workflows.procedure;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Reads a system's data into a set; runs under the system's data lock. */
@WorkflowInterface
public interface Capture {
  /** Captures and commits. */
  @WorkflowMethod(name = "Capture")
  CaptureResult run(CaptureRequest request);

  /** Stops capturing; what was written is removed. */
  @SignalMethod(name = "abort")
  void abort(String why);
}
