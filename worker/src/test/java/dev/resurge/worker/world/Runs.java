package dev.resurge.worker.world;

import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.DrillInput;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.PruneInput;
import dev.resurge.workflows.model.RecoverInput;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SettleInput;
import dev.resurge.workflows.model.VerifyInput;
import dev.resurge.workflows.procedure.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Starts a system's runs as a client does. Remembers them, so that none is left running. */
public final class Runs implements AutoCloseable {
  /** Who asks for everything, and who may approve it in a world's own runbook. */
  public static final String ALICE = "alice";

  private final String system;
  private final String taskQueue;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final List<RunHandle> started = new CopyOnWriteArrayList<>();

  Runs(String system, String temporalAddress, String taskQueue) {
    this.system = system;
    this.taskQueue = taskQueue;
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(temporalAddress).build());
    client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder().setDataConverter(Payloads.dataConverter()).build());
  }

  /** Starts a backup. */
  public RunHandle backup() {
    return start(
        Procedure.BACKUP,
        new BackupInput(system, SetKind.MANUAL, Map.of(), Optional.empty(), alice()));
  }

  /** Starts settling what was left half-way. */
  public RunHandle settle() {
    return start(
        Procedure.SETTLE,
        new SettleInput(
            system,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            alice()));
  }

  /** What somebody does in Temporal's UI: the cut over and its run end without a word. */
  public void terminateCutOver(RunHandle of) {
    new RunHandle(client.newUntypedWorkflowStub(Procedure.dataLock(system))).terminate();
    of.terminate();
  }

  /** Starts a prune; a dry run only says what would go. */
  public RunHandle prune(boolean dryRun) {
    return start(Procedure.PRUNE, new PruneInput(system, dryRun, Optional.empty(), alice()));
  }

  /** Starts a verify of that set. */
  public RunHandle verify(SetId set) {
    return start(
        Procedure.VERIFY,
        new VerifyInput(
            system, set.value(), VerifyInput.Level.CHECKSUM, Optional.empty(), alice()));
  }

  /** Starts a backup that makes a set only if the configuration has changed. */
  public RunHandle backupIfChanged() {
    return start(
        Procedure.BACKUP,
        new BackupInput(
            system,
            SetKind.MANUAL,
            List.of(),
            Map.of(),
            true,
            Optional.empty(),
            alice(),
            Optional.empty()));
  }

  /** Starts a drill of the newest set. */
  public RunHandle drill() {
    return start(
        Procedure.DRILL, new DrillInput(system, null, List.of(), Optional.empty(), alice()));
  }

  /** Starts a proof of the newest set. */
  public RunHandle verify(VerifyInput.Level level) {
    return start(Procedure.VERIFY, new VerifyInput(system, null, level, Optional.empty(), alice()));
  }

  /** Starts a recovery of the newest set. */
  public RunHandle recover() {
    return start(
        Procedure.RECOVER,
        new RecoverInput(
            system,
            RestoreInput.LATEST,
            Optional.empty(),
            Optional.empty(),
            alice(),
            Optional.empty()));
  }

  /** Starts a restore of the newest set. */
  public RunHandle restore() {
    return restore(RestoreInput.LATEST);
  }

  /** Starts a restore of that set. */
  public RunHandle restore(SetId set) {
    return restore(set.value());
  }

  private RunHandle restore(String set) {
    return start(Procedure.RESTORE, restoreInput(set));
  }

  private RestoreInput restoreInput(String set) {
    return restoreInput(set, Scope.WHOLE, Optional.empty());
  }

  private RestoreInput restoreInput(String set, Scope scope, Optional<RunId> fromRetained) {
    return new RestoreInput(
        system, set, Optional.empty(), alice(), Optional.empty(), scope, fromRetained);
  }

  /** Starts a restore of a part of a set, or to another place. */
  public RunHandle restore(SetId set, Scope scope) {
    return start(Procedure.RESTORE, restoreInput(set.value(), scope, Optional.empty()));
  }

  /** Starts going back to what that run's restore replaced. */
  public RunHandle restoreRetained(RunId of) {
    return start(
        Procedure.RESTORE, restoreInput(RestoreInput.LATEST, Scope.WHOLE, Optional.of(of)));
  }

  /** Starts a restore under a workflow id of one's own choice. */
  public RunHandle restoreAs(String workflowId) {
    return start(Procedure.RESTORE, workflowId, restoreInput(RestoreInput.LATEST));
  }

  /** Starts a procedure under its canonical workflow id. */
  public RunHandle start(Procedure procedure, Object input) {
    return start(procedure, procedure.workflowId(system), input);
  }

  /** Starts a procedure. */
  public RunHandle start(Procedure procedure, String workflowId, Object input) {
    return start(
        procedure,
        WorkflowOptions.newBuilder().setWorkflowId(workflowId).setTaskQueue(taskQueue).build(),
        input);
  }

  private RunHandle start(Procedure procedure, WorkflowOptions options, Object input) {
    var workflow = client.newUntypedWorkflowStub(procedure.workflowType(), options);
    workflow.start(input);
    var run = new RunHandle(workflow);
    started.add(run);
    return run;
  }

  /** Starts a procedure that Temporal ends when that time is over. */
  public RunHandle startWithin(Duration timeout, Procedure procedure, Object input) {
    return start(
        procedure,
        WorkflowOptions.newBuilder()
            .setWorkflowId(procedure.workflowId(system))
            .setTaskQueue(taskQueue)
            .setWorkflowExecutionTimeout(timeout)
            .build(),
        input);
  }

  /** The newest run of a procedure, whoever started it. */
  public RunHandle newest(Procedure procedure) {
    return new RunHandle(client.newUntypedWorkflowStub(procedure.workflowId(system)));
  }

  /** What Temporal lists for a query: workflow ids. */
  public List<String> find(String query) {
    return client.listExecutions(query).map(found -> found.getExecution().getWorkflowId()).toList();
  }

  /**
   * All that Temporal keeps of its runs, by workflow id: inputs, results, failures, memos, search
   * attributes and summaries, payloads as the bytes they are.
   */
  public Map<String, String> recorded() {
    var recorded = new HashMap<String, String>();
    client
        .listExecutions("")
        .forEach(found -> {
          var run = found.getExecution();
          var described = client.newUntypedWorkflowStub(run.getWorkflowId()).describe();
          var text =
              client.fetchHistory(run.getWorkflowId(), run.getRunId()).getHistory().toString()
                  + found.getWorkflowExecutionInfo()
                  + described.getRawDescription();
          recorded.merge(run.getWorkflowId(), text, (a, b) -> a + "\n" + b);
        });
    return recorded;
  }

  /** The ids of the schedules that Temporal keeps. */
  public List<String> schedules() {
    return ScheduleClient.newInstance(stubs)
        .listSchedules()
        .map(ScheduleListDescription::getScheduleId)
        .toList();
  }

  /** Has Temporal keep a schedule that is not of Resurge. */
  public void foreignSchedule(String id) {
    ScheduleClient.newInstance(stubs)
        .createSchedule(
            id,
            Schedule.newBuilder()
                .setAction(
                    ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType("Other")
                        .setOptions(
                            WorkflowOptions.newBuilder()
                                .setWorkflowId("other")
                                .setTaskQueue("others")
                                .build())
                        .build())
                .setSpec(ScheduleSpec.newBuilder().build())
                .build(),
            ScheduleOptions.newBuilder().build());
  }

  private static Optional<Person> alice() {
    return Optional.of(new Person(ALICE, "test", false));
  }

  /** Terminates what still runs. */
  @Override
  public void close() {
    started.forEach(RunHandle::terminate);
    new RunHandle(client.newUntypedWorkflowStub(Procedure.dataLock(system))).terminate();
    stubs.shutdownNow();
  }
}
