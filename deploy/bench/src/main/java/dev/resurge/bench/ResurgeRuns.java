package dev.resurge.bench;

import dev.resurge.activities.installation.Installation;
import dev.resurge.scenery.Await;
import dev.resurge.scenery.SceneException;
import dev.resurge.starter.runs.Connection;
import dev.resurge.starter.runs.RunRef;
import dev.resurge.starter.runs.Runs;
import dev.resurge.starter.runs.TemporalRuns;
import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Verdict;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowTargetOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Starts Backup and Restore as the command line does, and approves each plan once it is there. */
final class ResurgeRuns implements AutoCloseable {
  private static final String TASK_QUEUE = "resurge";
  private static final Duration UNTIL_PLANNED = Duration.ofMinutes(5);
  private static final Person ASKER = new Person("bench", "cli", false);
  private static final Optional<String> REASON = Optional.of("to be measured");

  private final WorkflowClient client;
  private final Runs runs;

  /**
   * Connects.
   *
   * @param address of Temporal, as host:port
   */
  ResurgeRuns(String address) {
    client = Connection.open(new Installation.Temporal(address, "default", TASK_QUEUE), Map.of());
    runs = new TemporalRuns(client, TASK_QUEUE);
  }

  /**
   * A run that passed.
   *
   * @param wall from before it was asked for until its answer was here
   * @param orchestration the part of its time in which no activity was at work
   */
  record Run(RunResult result, Duration wall, Duration orchestration) {
    /** From the request until the application was healthy on the restored data. */
    Duration requestedToHealthy() {
      return Duration.between(result.clocks().requested(), result.clocks().healthy().orElseThrow());
    }

    /** From the moment when the application was told to stop until it was healthy again. */
    Duration downtime() {
      return Duration.between(
          result.clocks().quiesced().orElseThrow(), result.clocks().healthy().orElseThrow());
    }
  }

  Run backup(String system) throws SceneException {
    var begun = System.nanoTime();
    var input = new BackupInput(system, SetKind.MANUAL, Map.of(), REASON, Optional.of(ASKER));
    return awaited(runs.start(Procedure.BACKUP, system, input, "a measured backup"), begun);
  }

  Run restore(String system) throws SceneException, IOException, InterruptedException {
    var begun = System.nanoTime();
    var input =
        new RestoreInput(
            system,
            RestoreInput.LATEST,
            REASON,
            Optional.of(ASKER),
            Optional.empty(),
            Scope.WHOLE,
            Optional.empty());
    var run = runs.start(Procedure.RESTORE, system, input, "a measured restore");
    approve(run);
    return awaited(run, begun);
  }

  private void approve(RunRef run) throws SceneException, IOException, InterruptedException {
    var plans = new Plan[1];
    Await.until(
        run.describe() + " has a plan",
        UNTIL_PLANNED,
        () -> {
          var state = runs.look(run);
          plans[0] = state.status().flatMap(status -> status.plan()).orElse(null);
          return plans[0] != null || state.ended();
        });
    if (plans[0] != null) {
      runs.answer(
          run,
          new Decision(
              Decision.Kind.APPROVE,
              plans[0].code(),
              Optional.empty(),
              ASKER.name(),
              Optional.empty(),
              Optional.of(ASKER.channel()),
              Optional.empty()));
    }
  }

  private Run awaited(RunRef ref, long begun) throws SceneException {
    var execution =
        WorkflowExecution.newBuilder()
            .setWorkflowId(ref.workflowId())
            .setRunId(ref.temporalRunId().orElseThrow())
            .build();
    var result =
        client
            .newUntypedWorkflowStub(
                WorkflowTargetOptions.newBuilder().setWorkflowExecution(execution).build())
            .getResult(RunResult.class);
    var wall = Duration.ofNanos(System.nanoTime() - begun);
    if (!result.verdict().equals(Optional.of(Verdict.PASS))) {
      throw new SceneException(
          "the %s ended with %s: %s"
              .formatted(
                  ref.describe(),
                  result.verdict().map(Verdict::id).orElse("no verdict"),
                  result.failure().map(f -> f.message()).orElse(result.summary())));
    }
    return new Run(result, wall, RunHistory.orchestration(client, execution));
  }

  @Override
  public void close() {
    runs.close();
  }
}
