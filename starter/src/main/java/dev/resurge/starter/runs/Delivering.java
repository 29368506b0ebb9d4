package dev.resurge.starter.runs;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Update first, because it answers; signal when nobody takes the update, because it lasts. An
 * answer that arrives both ways does no harm: it names a code, which is used up by the first.
 */
final class Delivering {
  private static final String NAME = "answer";
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final Duration acceptedWithin;

  Delivering(Duration acceptedWithin) {
    this.acceptedWithin = acceptedWithin;
  }

  Delivery deliver(WorkflowStub stub, Decision decision, boolean workerPolling) {
    if (!workerPolling) {
      return signal(stub, decision);
    }
    var accepted = new CompletableFuture<WorkflowUpdateHandle<DecisionAnswer>>();
    var sender =
        Thread.ofVirtual()
            .name("update")
            .start(() -> {
              try {
                accepted.complete(
                    stub.startUpdate(
                        NAME, WorkflowUpdateStage.ACCEPTED, DecisionAnswer.class, decision));
              } catch (RuntimeException e) {
                accepted.completeExceptionally(e);
              }
            });
    try {
      return answer(accepted.get(acceptedWithin.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      sender.interrupt(); // gives the update up before the signal takes its place
      return signal(stub, decision);
    } catch (ExecutionException e) {
      return afterFailure(stub, decision, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Delivery answer(WorkflowUpdateHandle<DecisionAnswer> handle) {
    try {
      return new Delivery.Answered(
          handle.getResultAsync().get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      return new Delivery.Accepted();
    } catch (ExecutionException e) {
      throw refused(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Delivery afterFailure(WorkflowStub stub, Decision decision, Throwable cause) {
    if (cause instanceof WorkflowNotFoundException || cause instanceof WorkflowUpdateException) {
      throw refused(cause);
    }
    return signal(stub, decision);
  }

  private static RuntimeException refused(Throwable cause) {
    if (cause instanceof WorkflowUpdateException e) {
      var why = e.getCause() == null ? e : e.getCause();
      return new ResurgeException(
          ErrorType.INPUT_INVALID, "the run refuses the answer: " + why.getMessage(), e);
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  private static Delivery signal(WorkflowStub stub, Decision decision) {
    stub.signal(NAME, decision);
    return new Delivery.Recorded();
  }

  private static ResurgeException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new ResurgeException(
        ErrorType.INTERNAL, "interrupted while the answer was on its way", cause);
  }
}
