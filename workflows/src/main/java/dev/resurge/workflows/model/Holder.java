package dev.resurge.workflows.model;

import java.util.Optional;

/** Who holds a workflow id, as Temporal tells it. Empty run id: nobody. */
public record Holder(
    String workflowId, Optional<String> temporalRunId, String type, String status, String phase) {
  /** For people: {@code library/data, held by a Capture (running)}. */
  public String describe() {
    if (temporalRunId.isEmpty()) {
      return workflowId + ", held by nobody";
    }
    return workflowId
        + ", held by a "
        + type
        + " ("
        + status
        + (phase.isEmpty() ? "" : ", " + phase)
        + ")";
  }
}
