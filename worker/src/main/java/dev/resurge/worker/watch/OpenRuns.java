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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs that Temporal knows to go on. */
final class OpenRuns {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST = 500;
  private static final String BACKUPS = query(procedure -> procedure == Procedure.BACKUP);
  private static final String OTHERS = query(procedure -> procedure != Procedure.BACKUP);

  private final WorkflowClient client;
  private boolean listsByQuery = true;

  OpenRuns(WorkflowClient client) {
    this.client = client;
  }

  /** One of them. */
  record OpenRun(WorkflowExecution execution, Instant started) {}

  private static String query(Predicate<Procedure> which) {
    return "ExecutionStatus = 'Running' AND WorkflowType IN ("
        + Arrays.stream(Procedure.values())
            .filter(which)
            .map(procedure -> "'" + procedure.workflowType() + "'")
            .collect(Collectors.joining(", "))
        + ")";
  }

  /**
   * Those of our procedures, backups last: a restore that waits for people is not to be lost among
   * all the backups of a night. At most 500 backups and 500 others.
   *
   * @throws StatusRuntimeException if Temporal does not answer within five seconds
   */
  List<OpenRun> list() {
    if (listsByQuery) {
      try {
        return runs(Stream.of(OTHERS, BACKUPS).flatMap(this::byQuery));
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.UNIMPLEMENTED) {
          throw e;
        }
        listsByQuery = false; // the one in memory knows only the older call
      }
    }
    return runs(allOpen().stream());
  }

  private Stream<WorkflowExecutionInfo> byQuery(String query) {
    return stub()
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setPageSize(MOST)
                .setQuery(query)
                .build())
        .getExecutionsList()
        .stream();
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

  private static List<OpenRun> runs(Stream<WorkflowExecutionInfo> infos) {
    return infos
        .map(info -> new OpenRun(info.getExecution(), instant(info.getStartTime())))
        .toList();
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
