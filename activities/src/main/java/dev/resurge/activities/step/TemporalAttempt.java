package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.TransferProgress;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowTargetOptions;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * An activity attempt as drivers see it. A thread of its own heartbeats once a second, so that work
 * without bytes to count (building indexes) is seen to live, and so that a cancellation, or the
 * news that Temporal gave this attempt up, reaches programs that block.
 */
final class TemporalAttempt implements Attempt, AutoCloseable {
  private static final Duration BEAT = Duration.ofSeconds(1);

  private final ActivityExecutionContext context;
  private final Run run;
  private final String token;
  private final List<Runnable> onCancel = new CopyOnWriteArrayList<>();
  private Optional<Thread> heart = Optional.empty();
  private volatile TransferProgress latest = new TransferProgress("", 0, 0);
  private volatile Optional<ActivityCompletionException> cancelled = Optional.empty();
  private volatile boolean closed;

  private TemporalAttempt(ActivityExecutionContext context, Run run) {
    this.context = context;
    this.run = run;
    var info = context.getInfo();
    this.token =
        token(info.getWorkflowRunId() + "/" + info.getActivityId() + "/" + info.getAttempt());
  }

  /** Begins to heartbeat. */
  static TemporalAttempt begin(ActivityExecutionContext context, Run run) {
    var attempt = new TemporalAttempt(context, run);
    attempt.heart =
        Optional.of(Thread.ofVirtual().name("heartbeat-" + attempt.token).start(attempt::beat));
    return attempt;
  }

  private static String token(String unique) {
    var number = new BigInteger(Json.sha256(unique), 16).toString(36);
    return number.substring(number.length() - 8);
  }

  private void beat() {
    while (!closed && cancelled.isEmpty()) {
      try {
        context.heartbeat(latest);
      } catch (ActivityCompletionException e) {
        cancel(e);
        return;
      }
      LockSupport.parkNanos(BEAT.toNanos());
    }
  }

  private void cancel(ActivityCompletionException why) {
    cancelled = Optional.of(why);
    onCancel.forEach(Runnable::run);
  }

  @Override
  public Run run() {
    return run;
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public String tag(String component) {
    return tagPrefix(component) + token;
  }

  @Override
  public void progress(TransferProgress progress) {
    latest = progress;
    checkCancelled();
  }

  @Override
  public void checkCancelled() {
    if (cancelled.isPresent()) {
      throw new CancellationException("the attempt was cancelled: " + cancelled.get().getMessage());
    }
  }

  @Override
  public boolean wanted() {
    var info = context.getInfo();
    try {
      return context
          .getWorkflowClient()
          .newUntypedWorkflowStub(
              WorkflowTargetOptions.newBuilder()
                  .setWorkflowId(info.getWorkflowId())
                  .setRunId(info.getWorkflowRunId())
                  .build())
          .describe()
          .getRawDescription()
          .getPendingActivitiesList()
          .stream()
          .anyMatch(pending ->
              pending.getActivityId().equals(info.getActivityId())
                  && pending.getAttempt() == info.getAttempt());
    } catch (WorkflowNotFoundException e) {
      return false;
    } catch (WorkflowServiceException e) {
      return true;
    }
  }

  @Override
  public Registration onCancel(Runnable action) {
    onCancel.add(action);
    if (cancelled.isPresent()) {
      action.run();
    }
    return () -> onCancel.remove(action);
  }

  /** Why it was cancelled, to be thrown to Temporal; empty if it was not. */
  Optional<ActivityCompletionException> cancellation() {
    return cancelled;
  }

  @Override
  public void close() {
    closed = true;
    heart.ifPresent(LockSupport::unpark);
  }
}
