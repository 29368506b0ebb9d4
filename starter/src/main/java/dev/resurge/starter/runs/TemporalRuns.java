package dev.resurge.starter.runs;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Status;
import io.grpc.Status.Code;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs through a Temporal client, by untyped stubs under canonical ids. */
public final class TemporalRuns implements Runs {
  /** A living worker starts a new poll at least once a minute. */
  private static final Duration POLL_SEEN = Duration.ofSeconds(75);

  private static final Duration RESULT_WITHIN = Duration.ofSeconds(10);

  private final WorkflowClient client;
  private final String taskQueue;
  private final Descriptions descriptions;
  private final Delivering delivering;
  private boolean doubtful = true; // asking who polls is quicker than an unanswered query

  /**
   * @param client with the payload converter of {@code Payloads}
   */
  public TemporalRuns(WorkflowClient client, String taskQueue) {
    this(client, taskQueue, Duration.ofSeconds(6));
  }

  /**
   * @param acceptedWithin how long an update may take to be accepted before a signal replaces it
   */
  TemporalRuns(WorkflowClient client, String taskQueue, Duration acceptedWithin) {
    this.client = client;
    this.taskQueue = taskQueue;
    this.descriptions = new Descriptions(client);
    this.delivering = new Delivering(acceptedWithin);
  }

  @Override
  public RunRef start(Procedure procedure, String system, Object input, String summary) {
    var stub =
        client.newUntypedWorkflowStub(
            procedure.workflowType(),
            WorkflowOptions.newBuilder()
                .setTaskQueue(taskQueue)
                .setWorkflowId(procedure.workflowId(system))
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setStaticSummary(summary)
                .build());
    var tried = "starting " + procedure.id() + " of " + system;
    try {
      var execution = stub.start(input);
      return new RunRef(procedure, system, Optional.of(execution.getRunId()));
    } catch (WorkflowExecutionAlreadyStarted e) {
      throw busy(tried, procedure, system, e);
    } catch (RuntimeException e) {
      throw TemporalFailures.ofCall(tried, e);
    }
  }

  private ResurgeException busy(
      String tried, Procedure procedure, String system, WorkflowExecutionAlreadyStarted thrown) {
    var holder =
        descriptions
            .describe(RunRef.newest(procedure, system))
            .map(found ->
                " since "
                    + found.started()
                    + found.phase().map(phase -> " (phase " + phase + ")").orElse(""))
            .orElse("");
    return new ResurgeException(
        ErrorType.TARGET_BUSY,
        tried
            + ": "
            + procedure.workflowId(system)
            + " is running"
            + holder
            + "; watch it with ./resurge watch "
            + system
            + " "
            + procedure.id(),
        thrown);
  }

  @Override
  public Optional<RunState> find(Procedure procedure, String system) {
    return describe(RunRef.newest(procedure, system)).map(this::withAnswer);
  }

  @Override
  public RunState look(RunRef run) {
    return describe(run)
        .map(this::withAnswer)
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.RUN_UNKNOWN,
                "looking at "
                    + run.workflowId()
                    + ": Temporal knows no such run (any more); evidence in the store may"));
  }

  private Optional<RunState> describe(RunRef run) {
    try {
      return descriptions.describe(run);
    } catch (RuntimeException e) {
      throw TemporalFailures.ofCall("looking at " + run.workflowId(), e);
    }
  }

  /** Asks the run itself, unless asking would only wait for a worker that is known to be away. */
  private RunState withAnswer(RunState described) {
    if (doubtful && !workerPolling()) {
      return answered(described, Optional.empty(), RunState.Worker.MISSING);
    }
    try {
      var status = stub(described.ref()).query("status", Status.class);
      doubtful = false;
      return answered(described, Optional.of(status), RunState.Worker.ANSWERS);
    } catch (WorkflowQueryException | WorkflowServiceException e) {
      if (e instanceof WorkflowNotFoundException) {
        return answered(described, Optional.empty(), RunState.Worker.SILENT);
      }
      doubtful = true;
      var worker = workerPolling() ? RunState.Worker.SILENT : RunState.Worker.MISSING;
      return answered(described, Optional.empty(), worker);
    }
  }

  private static RunState answered(
      RunState state, Optional<Status> status, RunState.Worker worker) {
    return new RunState(
        state.ref(),
        state.started(),
        state.closed(),
        state.temporalStatus(),
        state.phase(),
        status,
        state.transfers(),
        worker);
  }

  @Override
  public RunResult result(RunRef run) {
    try {
      return stub(run).getResult(RESULT_WITHIN.toSeconds(), TimeUnit.SECONDS, RunResult.class);
    } catch (WorkflowFailedException e) {
      throw TemporalFailures.ofRun(run, e.getCause());
    } catch (TimeoutException e) {
      throw new ResurgeException(
          ErrorType.TEMPORAL_UNAVAILABLE,
          "reading the result of " + run.workflowId() + ": nothing came in " + RESULT_WITHIN,
          e);
    } catch (RuntimeException e) {
      throw TemporalFailures.ofCall("reading the result of " + run.workflowId(), e);
    }
  }

  @Override
  public Delivery answer(RunRef run, Decision decision) {
    try {
      return delivering.deliver(stub(run), decision, workerPolling());
    } catch (RuntimeException e) {
      throw TemporalFailures.ofCall("answering " + run.workflowId(), e);
    }
  }

  @Override
  public void cancel(RunRef run) {
    try {
      stub(run).cancel();
    } catch (RuntimeException e) {
      throw TemporalFailures.ofCall("cancelling " + run.workflowId(), e);
    }
  }

  private WorkflowStub stub(RunRef run) {
    var target = WorkflowTargetOptions.newBuilder().setWorkflowId(run.workflowId());
    run.temporalRunId().ifPresent(target::setRunId);
    return client.newUntypedWorkflowStub(target.build());
  }

  @Override
  public boolean workerPolling() {
    try {
      var answer =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .describeTaskQueue(
                  DescribeTaskQueueRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
                      .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                      .build());
      var since = Instant.now().minus(POLL_SEEN);
      return answer.getPollersList().stream()
          .anyMatch(p -> Descriptions.instant(p.getLastAccessTime()).isAfter(since));
    } catch (RuntimeException e) {
      if (TemporalFailures.grpc(e).filter(s -> s.getCode() == Code.UNIMPLEMENTED).isPresent()) {
        return true; // a server that cannot tell: trying will show
      }
      throw TemporalFailures.ofCall("asking who polls the task queue " + taskQueue, e);
    }
  }

  @Override
  public String taskQueue() {
    return taskQueue;
  }

  @Override
  public void close() {
    client.getWorkflowServiceStubs().shutdownNow();
  }
}
