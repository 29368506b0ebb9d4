package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.DrillInput;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.PruneInput;
import dev.resurge.workflows.model.RecoverInput;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.SettleInput;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.VerifyInput;
import dev.resurge.workflows.runbook.Runbook;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/** The procedures on Temporal's in-memory server, with a {@link FakeWorld} around them. */
final class Stage implements AutoCloseable {
  static final String QUEUE = "test";
  final FakeWorld world;
  final FakePruning pruning;
  VerifyInput.Level level = VerifyInput.Level.CHECKSUM;
  List<String> only = List.of();
  boolean ifChanged;
  Optional<String> schedule = Optional.empty();
  private final Worker worker;
  private final TestWorkflowEnvironment temporal;

  /** What a restore is started with. */
  Function<Optional<Person>, RestoreInput> restoreInput =
      asker ->
          new RestoreInput(
              "library",
              null,
              Optional.empty(),
              asker,
              Optional.empty(),
              Scope.WHOLE,
              Optional.empty());

  /** Whether a prune that is started only says what would go. */
  boolean dryRun;

  /** What a settle run is started with. */
  Function<Optional<Person>, SettleInput> settleInput =
      asker ->
          new SettleInput(
              "library",
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              asker);

  Stage(Runbook runbook) {
    var options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setDataConverter(Payloads.dataConverter())
                    .build())
            .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder().build());
    Attributes.all()
        .forEach(key ->
            options.registerSearchAttribute(
                key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    world = new FakeWorld(runbook, temporal.getWorkflowClient());
    pruning = new FakePruning(world);
    worker =
        temporal.newWorker(
            QUEUE,
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(20))
                .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(20))
                .build());
    Implementations.register(worker);
    worker.registerActivitiesImplementations(world, pruning);
    temporal
        .newWorker(TaskQueues.ofBackups(QUEUE))
        .registerActivitiesImplementations(world, pruning);
    temporal.start();
  }

  WorkflowStub start(Procedure procedure, String workflowId) {
    return start(procedure, workflowId, Optional.of(new Person("asker", "test", false)));
  }

  WorkflowStub start(Procedure procedure, String workflowId, Optional<Person> asker) {
    var stub =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                procedure.workflowType(),
                WorkflowOptions.newBuilder().setTaskQueue(QUEUE).setWorkflowId(workflowId).build());
    var input =
        switch (procedure) {
          case BACKUP ->
              new BackupInput(
                  "library", null, only, Map.of(), ifChanged, Optional.empty(), asker, schedule);
          case RESTORE -> restoreInput.apply(asker);
          case VERIFY -> new VerifyInput("library", null, level, Optional.empty(), asker);
          case DRILL -> new DrillInput("library", null, only, Optional.empty(), asker);
          case PRUNE -> new PruneInput("library", dryRun, Optional.empty(), asker);
          case RECOVER ->
              new RecoverInput(
                  "library", null, Optional.empty(), Optional.empty(), asker, Optional.empty());
          case SETTLE -> settleInput.apply(asker);
        };
    stub.start(input);
    return stub;
  }

  WorkflowStub start(Procedure procedure) {
    return start(procedure, procedure.workflowId("library"));
  }

  WorkflowStub workflow(String workflowId) {
    return temporal.getWorkflowClient().newUntypedWorkflowStub(workflowId);
  }

  /** Lets virtual time go by. */
  void sleep(Duration time) {
    temporal.sleep(time);
  }

  Status status(WorkflowStub run) {
    return run.query("status", Status.class);
  }

  /** Waits, letting virtual time go by slowly, until the run's status is as wanted. */
  Status await(WorkflowStub run, Predicate<Status> wanted) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    for (; ; ) {
      var status = status(run);
      if (wanted.test(status)) {
        return status;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never came true; the run stands at " + status + world.calls);
      }
      temporal.sleep(Duration.ofMillis(100));
      LockSupport.parkNanos(5_000_000);
    }
  }

  DecisionAnswer approve(WorkflowStub run, String by) {
    var code = await(run, s -> s.plan().isPresent()).plan().orElseThrow().code();
    return answer(run, Decision.Kind.APPROVE, code, null, by);
  }

  DecisionAnswer decide(WorkflowStub run, String choice, String by) {
    var code = await(run, s -> s.question().isPresent()).question().orElseThrow().code();
    return answer(run, Decision.Kind.DECIDE, code, choice, by);
  }

  DecisionAnswer answer(
      WorkflowStub run, Decision.Kind kind, String code, String choice, String by) {
    return run.update("answer", DecisionAnswer.class, decision(kind, code, choice, by));
  }

  static Decision decision(Decision.Kind kind, String code, String choice, String by) {
    return new Decision(
        kind,
        code,
        Optional.ofNullable(choice),
        by,
        Optional.empty(),
        Optional.of("test"),
        Optional.empty());
  }

  /** Waits for the end, letting virtual time jump as long as the run is not over. */
  RunResult result(WorkflowStub run) {
    return (closed(run) ? plain(run) : run).getResult(RunResult.class);
  }

  private static boolean closed(WorkflowStub run) {
    return run.describe().getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  /** Asked through another client, what is over is told without a jump of time for the others. */
  private WorkflowStub plain(WorkflowStub run) {
    return WorkflowClient.newInstance(
            temporal.getWorkflowServiceStubs(), temporal.getWorkflowClient().getOptions())
        .newUntypedWorkflowStub(run.getExecution().getWorkflowId());
  }

  /** Waits until a run is over without letting virtual time jump, as waiting for a result does. */
  void awaitClosed(WorkflowStub run) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (run.describe().getStatus()
        == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still running: " + world.calls);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** The child that holds the data is terminated when it asks for this next. */
  CountDownLatch terminateAt(String call) {
    var done = new CountDownLatch(1);
    world.next(
        call,
        () -> {
          workflow("library/data").terminate("by somebody");
          done.countDown();
          FakeWorld.workUntilCancelled();
        });
    return done;
  }

  /** The in-memory server tells no parent of a terminated child: the parent is terminated, too. */
  void terminated(CountDownLatch data, WorkflowStub run) {
    try {
      if (!data.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("never came so far: " + world.calls);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    run.terminate("by somebody");
  }

  /** What Temporal says of a run that did not complete. */
  WorkflowException failure(WorkflowStub run) {
    try {
      var result = (closed(run) ? plain(run) : run).getResult(RunResult.class);
      throw new AssertionError("completed with " + result);
    } catch (WorkflowFailedException e) {
      return e;
    }
  }

  /** The evidence of the one run that has ended. */
  Evidence evidence() {
    if (world.evidence.size() != 1) {
      throw new AssertionError("expected one piece of evidence: " + world.evidence);
    }
    return world.evidence.getFirst();
  }

  /** A worker that knows all procedures. */
  Worker replayer() {
    return worker;
  }

  TestWorkflowEnvironment temporal() {
    return temporal;
  }

  @Override
  public void close() {
    temporal.close();
  }
}
