package dev.resurge.starter.runs;

import com.google.protobuf.Timestamp;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.TransferProgress;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What Temporal's server itself says of a run, which needs no worker. */
final class Descriptions {
  private static final String PHASE = "ResurgePhase";

  private final WorkflowClient client;

  Descriptions(WorkflowClient client) {
    this.client = client;
  }

  /** The run without its own answer; empty if the server knows none. */
  Optional<RunState> describe(RunRef run) {
    return call(run.workflowId(), run.temporalRunId()).map(found -> state(run, found));
  }

  private RunState state(RunRef run, DescribeWorkflowExecutionResponse found) {
    var info = found.getWorkflowExecutionInfo();
    var closed = info.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    return new RunState(
        new RunRef(run.procedure(), run.system(), Optional.of(info.getExecution().getRunId())),
        instant(info.getStartTime()),
        closed ? Optional.of(instant(info.getCloseTime())) : Optional.empty(),
        info.getStatus().name().replace("WORKFLOW_EXECUTION_STATUS_", "").toLowerCase(Locale.ROOT),
        keyword(info.getSearchAttributes().getIndexedFieldsMap().get(PHASE)),
        Optional.empty(),
        closed ? List.of() : transfers(run, found),
        RunState.Worker.SILENT);
  }

  private List<Transfer> transfers(RunRef run, DescribeWorkflowExecutionResponse found) {
    var child =
        found.getPendingChildrenList().stream()
            .anyMatch(c -> c.getWorkflowId().equals(Procedure.dataLock(run.system())));
    var own = found.getPendingActivitiesList().stream().map(a -> transfer("", a));
    if (!child) {
      return own.toList();
    }
    var below =
        call(Procedure.dataLock(run.system()), Optional.empty()).stream()
            .flatMap(c -> c.getPendingActivitiesList().stream())
            .map(a -> transfer("data/", a));
    return Stream.concat(own, below).toList();
  }

  private Transfer transfer(String prefix, PendingActivityInfo activity) {
    return new Transfer(
        prefix + activity.getActivityId(),
        activity.getActivityType().getName(),
        activity.getAttempt(),
        progress(activity),
        activity.hasLastFailure()
            ? Optional.of(activity.getLastFailure().getMessage())
            : Optional.empty());
  }

  private Optional<TransferProgress> progress(PendingActivityInfo activity) {
    if (activity.getHeartbeatDetails().getPayloadsCount() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          client
              .getOptions()
              .getDataConverter()
              .fromPayloads(
                  0,
                  Optional.of(activity.getHeartbeatDetails()),
                  TransferProgress.class,
                  TransferProgress.class));
    } catch (DataConverterException e) {
      return Optional.empty(); // a heartbeat that says something else
    }
  }

  private Optional<String> keyword(Payload payload) {
    return payload == null
        ? Optional.empty()
        : Optional.ofNullable(
            DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
                payload, String.class, String.class));
  }

  private Optional<DescribeWorkflowExecutionResponse> call(
      String workflowId, Optional<String> runId) {
    try {
      return Optional.of(
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setExecution(
                          WorkflowExecution.newBuilder()
                              .setWorkflowId(workflowId)
                              .setRunId(runId.orElse("")))
                      .build()));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
