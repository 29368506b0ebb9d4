package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.runbook.Runbook;
import java.util.Map;

/** What the child that holds the data lock is to capture: every component of the runbook. */
public record CaptureRequest(
    Run run, Runbook runbook, SetId set, SetKind kind, Map<String, String> labels) {
  public CaptureRequest {
    labels = Map.copyOf(labels);
  }
}
