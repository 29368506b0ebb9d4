package dev.resurge.worker.watch;

import com.google.protobuf.Timestamp;
import dev.resurge.workflows.model.Procedure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.filter.v1.StartTimeFilter;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The runs that Temporal knows to go on. */
final class OpenRuns {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST = 500;
  private static final String QUERY =
      "ExecutionStatus = 'Running' AND WorkflowType IN ("
          + Arrays.stream(Procedure.values())
              .map(procedure -> "'" + procedure.workflowType() + "'")
              .collect(Collectors.joining(", "))
          + ")";

  private final WorkflowClient client;
  private boolean listsByQuery = true;

  OpenRuns(WorkflowClient client) {
    this.client = client;
  }

  /** One of them. */
  record OpenRun(WorkflowExecution execution, Instant started) {}

  /**
   * Those of our procedures, at most 500 of them.
   *
   * @throws StatusRuntimeException if Temporal does not answer within five seconds
   */
  List<OpenRun> list() {
    if (listsByQuery) {
      try {
        return runs(byQuery());
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
          throw e;
        }
        listsByQuery = false; // the one in memory knows only the older call
      }
    }
    return runs(allOpen());
  }

  private List<WorkflowExecutionInfo> byQuery() {
    return stub()
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setPageSize(MOST)
                .setQuery(QUERY)
                .build())
        .getExecutionsList();
  }

  private List<WorkflowExecutionInfo> allOpen() {
    return stub()
        .listOpenWorkflowExecutions(
            ListOpenWorkflowExecutionsRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setMaximumPageSize(MOST)
                .setStartTimeFilter(
                    StartTimeFilter.newBuilder().setEarliestTime(Timestamp.getDefaultInstance()))
                .build())
        .getExecutionsList();
  }

  /** Not retried: the next look is the next try. */
  private WorkflowServiceBlockingStub stub() {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static List<OpenRun> runs(List<WorkflowExecutionInfo> infos) {
    return infos.stream()
        .map(info -> new OpenRun(info.getExecution(), instant(info.getStartTime())))
        .toList();
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
