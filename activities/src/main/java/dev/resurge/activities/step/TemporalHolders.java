package dev.resurge.activities.step;

import dev.resurge.workflows.model.Holder;
import dev.resurge.workflows.procedure.Attributes;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.Optional;

/** Holders as Temporal describes them. */
public final class TemporalHolders implements Holders {
  private final WorkflowClient client;

  public TemporalHolders(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public Holder describe(String workflowId) {
    try {
      var found = client.newUntypedWorkflowStub(workflowId).describe();
      var running = found.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
      var attributes = found.getTypedSearchAttributes();
      var phase = attributes.containsKey(Attributes.PHASE) ? attributes.get(Attributes.PHASE) : "";
      return new Holder(
          workflowId,
          running ? Optional.of(found.getExecution().getRunId()) : Optional.empty(),
          found.getWorkflowType(),
          running ? "running" : "closed",
          phase);
    } catch (WorkflowNotFoundException e) {
      return new Holder(workflowId, Optional.empty(), "", "never ran", "");
    }
  }
}
