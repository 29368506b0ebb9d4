package dev.resurge.worker.faults;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Status;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts a run, answers what it asks as a person would who wants it to go on, and awaits its end.
 */
final class Runner {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofMillis(8);
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int RETRIES = 6;

  private final Lane lane;
  private final Lane.Trial trial;
  private final List<String> asked = new ArrayList<>();
  private final long deadline = System.nanoTime() + LONGEST.toNanos();
  private String direction = "forward";
  private String approved = "";

  Runner(Lane lane, Lane.Trial trial) {
    this.lane = lane;
    this.trial = trial;
  }

  /** Which way a settle run is told to go. */
  Runner going(String way) {
    direction = way;
    return this;
  }

  /** What it was asked, besides for its approval. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** Runs a procedure until a call of it does not answer; then somebody terminates all of it. */
  void cutOff(Procedure procedure, String system, Object input) {
    var stub = started(procedure, system, input);
    var result = stub.getResultAsync(RunResult.class);
    while (!trial.script().isSilent()) {
      attend(stub, result);
    }
    lane.client().newUntypedWorkflowStub(Procedure.dataLock(system)).terminate("by somebody");
    stub.terminate("by somebody");
    result.handle((nothing, failure) -> failure).join();
  }

  private WorkflowStub started(Procedure procedure, String system, Object input) {
    lane.begin(trial);
    var stub =
        lane.client()
            .newUntypedWorkflowStub(
                procedure.workflowType(),
                WorkflowOptions.newBuilder()
                    .setTaskQueue(lane.queue())
                    .setWorkflowId(procedure.workflowId(system))
                    .build());
    stub.start(input);
    return stub;
  }

  /** Runs a procedure to its end. */
  RunResult run(Procedure procedure, String system, Object input) {
    var stub = started(procedure, system, input);
    var result = stub.getResultAsync(RunResult.class);
    while (!result.isDone()) {
      attend(stub, result);
    }
    letZombiesEnd();
    return get(result);
  }

  private void attend(WorkflowStub stub, CompletableFuture<RunResult> result) {
    if (trial.bodies().idle().compareTo(IDLE) > 0) {
      var status = status(stub);
      var plan =
          status.flatMap(Status::plan).map(Plan::code).filter(code -> !code.equals(approved));
      if (plan.isPresent()) {
        approved = plan.get();
        say(stub, Decision.Kind.APPROVE, approved, Optional.empty());
      } else if (status.flatMap(Status::question).isPresent()) {
        answer(stub, status.get().question().get());
      } else if (!result.isDone()) {
        lane.pass(STEP);
      }
    }
    if (System.nanoTime() > deadline) {
      throw new AssertionError("it does not end; it stands so: " + status(stub));
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
  }

  private static Optional<Status> status(WorkflowStub stub) {
    try {
      return Optional.of(stub.query("status", Status.class));
    } catch (WorkflowException e) {
      return Optional.empty(); // over
    }
  }

  private void answer(WorkflowStub stub, Question question) {
    if (question.kind() == Question.Kind.DIRECTION) {
      say(stub, Decision.Kind.DECIDE, question.code(), Optional.of(direction));
      return;
    }
    letZombiesEnd();
    asked.add(question.text());
    if (asked.size() > RETRIES || !question.choices().contains("retry")) {
      throw new AssertionError("it parks for ever: " + asked + " " + question.choices());
    }
    say(stub, Decision.Kind.DECIDE, question.code(), Optional.of("retry"));
  }

  private static void say(
      WorkflowStub stub, Decision.Kind kind, String code, Optional<String> choice) {
    try {
      stub.update(
          "answer",
          DecisionAnswer.class,
          new Decision(
              kind,
              code,
              choice,
              SmallWorld.PERSON,
              Optional.empty(),
              Optional.of("test"),
              Optional.empty()));
    } catch (WorkflowException e) {
      // it ended meanwhile, or asks something else by now: it is looked at again
    }
  }

  /** What did not answer goes on, and is waited for. */
  void letZombiesEnd() {
    trial.script().release();
    while (trial.bodies().zombiesLeft()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("an attempt that was given up does not end");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private static RunResult get(CompletableFuture<RunResult> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the run failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
