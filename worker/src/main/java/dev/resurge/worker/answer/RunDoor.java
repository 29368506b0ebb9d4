package dev.resurge.worker.answer;

import dev.resurge.worker.page.Refusal;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Status;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks runs and hands answers to them. The SDK waits long for a Temporal that is away; this not.
 */
@Singleton
class RunDoor {
  private static final Logger LOG = LoggerFactory.getLogger(RunDoor.class);
  private static final Duration LOOK = Duration.ofSeconds(8);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final WorkflowClient client;

  RunDoor(WorkflowClient client) {
    this.client = client;
  }

  /**
   * How the newest run of that procedure stands; changes nothing.
   *
   * @throws Refusal if Temporal does not answer
   */
  Optional<Status> status(Procedure procedure, String system) {
    var stub = client.newUntypedWorkflowStub(procedure.workflowId(system));
    try {
      return Optional.of(within(LOOK, () -> stub.query("status", Status.class)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WorkflowNotFoundException) {
        return Optional.empty();
      }
      throw away(e.getCause());
    } catch (TimeoutException e) {
      throw away(e);
    }
  }

  /**
   * Hands an answer to the run, which takes it or refuses it.
   *
   * @throws Refusal if there is no such run any more, or nobody says what became of the answer
   */
  DecisionAnswer answer(Procedure procedure, String system, Decision decision) {
    var stub = client.newUntypedWorkflowStub(procedure.workflowId(system));
    try {
      return within(
          ANSWER,
          () ->
              stub.startUpdate(
                      "answer", WorkflowUpdateStage.ACCEPTED, DecisionAnswer.class, decision)
                  .getResult());
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case WorkflowNotFoundException gone -> Refusal.over();
        case WorkflowUpdateException failed -> failed(failed);
        default -> away(e.getCause());
      };
    } catch (TimeoutException e) {
      throw Refusal.notYetKnown();
    }
  }

  private static Refusal failed(WorkflowUpdateException failed) {
    LOG.warn("an answer was not taken: {}", String.valueOf(failed.getCause()));
    return Refusal.byRun("it ended, or could not find out whose answer it is");
  }

  private static Refusal away(Throwable why) {
    LOG.warn("a run could not be asked: {}", why.toString());
    return Refusal.away();
  }

  private static <T> T within(Duration time, Callable<T> call)
      throws ExecutionException, TimeoutException {
    var result = new CompletableFuture<T>();
    var caller =
        Thread.ofVirtual()
            .name("ask run")
            .start(() -> {
              try {
                result.complete(call.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    try {
      return result.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    } finally {
      caller.interrupt();
    }
  }
}
