package dev.resurge.activities.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.testing.TestAttempt;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TemporalAttemptTest {
  private static final String QUEUE = "attempts";

  /** Does nothing for so long that Temporal gives it up, then asks whether it is wanted. */
  @WorkflowInterface
  public interface Waiting {
    @WorkflowMethod
    boolean run();
  }

  /** The workflow. */
  public static final class WaitingWorkflow implements Waiting {
    @Override
    public boolean run() {
      return Workflow.newActivityStub(
              Standing.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofSeconds(1))
                  .setRetryOptions(
                      RetryOptions.newBuilder()
                          .setInitialInterval(Duration.ofMillis(10))
                          .setMaximumAttempts(2)
                          .build())
                  .build())
          .stand();
    }
  }

  /** The activity. */
  @ActivityInterface
  public interface Standing {
    /** Whether this attempt is wanted. */
    boolean stand();
  }

  private static final class FirstStandsStill implements Standing {
    private final CompletableFuture<Boolean> whileWanted = new CompletableFuture<>();
    private final CompletableFuture<Boolean> secondAsks = new CompletableFuture<>();
    private final CompletableFuture<Boolean> afterwards = new CompletableFuture<>();

    @Override
    public boolean stand() {
      var context = Activity.getExecutionContext();
      try (var attempt = TemporalAttempt.begin(context, TestAttempt.newRun("library"))) {
        if (context.getInfo().getAttempt() == 1) {
          whileWanted.complete(attempt.wanted());
          secondAsks.join();
          afterwards.complete(attempt.wanted());
          return true;
        }
        var wanted = attempt.wanted();
        secondAsks.complete(wanted);
        afterwards.join();
        return wanted;
      }
    }
  }

  @Test
  @Timeout(60)
  void anAttemptIsWantedUntilAnotherTookItsPlace() throws Exception {
    var activity = new FirstStandsStill();
    try (var temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build())) {
      var worker = temporal.newWorker(QUEUE);
      worker.registerWorkflowImplementationTypes(WaitingWorkflow.class);
      worker.registerActivitiesImplementations(activity);
      temporal.start();
      var workflow =
          temporal
              .getWorkflowClient()
              .newWorkflowStub(
                  Waiting.class, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
      var result = WorkflowClient.execute(workflow::run);

      assertThat(activity.whileWanted.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(activity.secondAsks.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(activity.afterwards.get(30, TimeUnit.SECONDS)).isFalse();
      assertThat(result.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
