package dev.resurge.worker.world;

import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Step;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** One run, as a client sees it. */
public final class RunHandle {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(40);

  private final WorkflowStub workflow;

  RunHandle(WorkflowStub workflow) {
    this.workflow = workflow;
  }

  /** How it stands; a query, so it needs a living worker. */
  public Status status() {
    return workflow.query("status", Status.class);
  }

  /** Waits until its status is so, also while its worker is away. */
  public Status await(String what, Predicate<Status> wanted) {
    var last = new AtomicReference<Optional<Status>>(Optional.empty());
    var reached =
        Poll.until(
            PATIENCE,
            LOOK,
            () -> {
              ask().ifPresent(status -> last.set(Optional.of(status)));
              return last.get().filter(wanted).isPresent();
            });
    if (!reached) {
      throw new AssertionError("waited in vain for " + what + "; it stands so: " + last.get());
    }
    return last.get().orElseThrow();
  }

  private Optional<Status> ask() {
    try {
      return Optional.of(status());
    } catch (WorkflowException | StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  /** Waits until a step runs: {@code awaitRunning("stage database")}. */
  public Status awaitRunning(String label) {
    return await(label, s -> has(s, label, Step.Outcome.RUNNING));
  }

  /** Waits until a step is done. */
  public Status awaitDone(String label) {
    return await(label + " done", s -> has(s, label, Step.Outcome.DONE));
  }

  /** Waits until it waits for people: {@code awaitWaiting("wait for approval")}. */
  public Status awaitWaiting(String label) {
    return await(label, s -> has(s, label, Step.Outcome.WAITING));
  }

  /** Waits until a step has failed. */
  public Status awaitFailed(String label) {
    return await(label + " failed", s -> has(s, label, Step.Outcome.FAILED));
  }

  private static boolean has(Status status, String label, Step.Outcome outcome) {
    return status.steps().stream()
        .anyMatch(s -> Step.label(s.name(), s.component()).equals(label) && s.outcome() == outcome);
  }

  /** Waits for the plan. */
  public Plan plan() {
    return await("a plan", s -> s.plan().isPresent()).plan().orElseThrow();
  }

  /** Waits for the plan and approves it as alice. */
  public RunHandle approve() {
    var answer = answer(Decision.Kind.APPROVE, plan().code(), Optional.empty());
    if (!answer.accepted()) {
      throw new AssertionError("the approval was not taken: " + answer.answer());
    }
    return this;
  }

  /** Waits for the plan and rejects it as alice. */
  public RunHandle reject() {
    answer(Decision.Kind.REJECT, plan().code(), Optional.empty());
    return this;
  }

  /** Waits until it asks something. */
  public Question question() {
    return await("a question", s -> s.question().isPresent()).question().orElseThrow();
  }

  /** Waits for its question and answers it as alice. */
  public void decide(String choice) {
    var answer = answer(Decision.Kind.DECIDE, question().code(), Optional.of(choice));
    if (!answer.accepted()) {
      throw new AssertionError(choice + " was not taken: " + answer.answer());
    }
  }

  /** Sends any answer, as alice. */
  public DecisionAnswer answer(Decision.Kind kind, String code, Optional<String> choice) {
    return answer(
        new Decision(
            kind,
            code,
            choice,
            Runs.ALICE,
            Optional.empty(),
            Optional.of("test"),
            Optional.empty()));
  }

  /** Sends any answer. */
  public DecisionAnswer answer(Decision decision) {
    return workflow.update("answer", DecisionAnswer.class, decision);
  }

  /** Sends any answer as a signal: it arrives, whether there is a worker or not. */
  public void signal(Decision.Kind kind, String code, Optional<String> choice) {
    workflow.signal(
        "answer",
        new Decision(
            kind,
            code,
            choice,
            Runs.ALICE,
            Optional.empty(),
            Optional.of("test"),
            Optional.empty()));
  }

  /** How it stands; empty while no worker answers. */
  public Optional<Status> statusIfAnswered() {
    return ask();
  }

  /** Temporal's own cancel. */
  public void cancel() {
    workflow.cancel();
  }

  /** Waits for its end. */
  public RunResult result() {
    try {
      return workflow.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, RunResult.class);
    } catch (TimeoutException e) {
      throw new AssertionError("it does not end; it stands so: " + ask(), e);
    }
  }

  /** Waits for its end, when it has no result to give: it was cancelled. */
  public void awaitCancelled() {
    try {
      throw new AssertionError("it was not cancelled: " + result());
    } catch (WorkflowFailedException e) {
      if (!(e.getCause() instanceof CanceledFailure)) {
        throw e;
      }
    }
  }

  /** Ends it without a word, if it runs. */
  public void terminate() {
    try {
      workflow.terminate("the test is over");
    } catch (WorkflowNotFoundException e) {
      // it ended by itself, or never was
    }
  }
}
