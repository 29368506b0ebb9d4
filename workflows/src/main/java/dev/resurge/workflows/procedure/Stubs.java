package dev.resurge.workflows.procedure;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Activity stubs, one for each call: a stub belongs to the workflow run that made it and carries
 * the step's name as its summary. Every activity heartbeats once a second, so a short heartbeat
 * timeout finds a dead worker soon; cancellation is always waited for, because a step that still
 * runs must not meet what undoes it.
 */
final class Stubs {
  /** Five attempts within less than five minutes; then the step parks. */
  private static final RetryOptions PATIENT =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofSeconds(1))
          .setBackoffCoefficient(3)
          .setMaximumInterval(Duration.ofMinutes(1))
          .setMaximumAttempts(5)
          .build();

  /** As often as the budget around it allows. */
  private static final RetryOptions HASTY =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(200))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(2))
          .build();

  /** For telling people: a mail server may be away for a while. */
  private static final RetryOptions TELLING =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofSeconds(2))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofMinutes(5))
          .build();

  /** What the end of a run waits for its last notices at most. */
  static final Duration LAST_CHANCE = Duration.ofSeconds(30);

  private Stubs() {}

  /** For work that may take long and parks when it keeps failing. */
  static <T> T patient(Class<T> activities, String summary) {
    return stub(activities, summary, Duration.ofSeconds(10), PATIENT);
  }

  /** For what a backup begins with: of many that begin together only some get a worker's slot. */
  static <T> T inTurn(Class<T> activities, String summary) {
    var queue = TaskQueues.ofBackups(Workflow.getInfo().getTaskQueue());
    return Workflow.newActivityStub(
        activities,
        ActivityOptions.newBuilder(options(summary, Duration.ofSeconds(10), PATIENT))
            .setTaskQueue(queue)
            .build());
  }

  /** For the seconds of a cut over. */
  static <T> T hasty(Class<T> activities, String summary) {
    return stub(activities, summary, Duration.ofSeconds(5), HASTY);
  }

  /** For answers to people: one look, no waiting. */
  static <T> T once(Class<T> activities, String summary) {
    return stub(
        activities,
        summary,
        Duration.ofSeconds(10),
        RetryOptions.newBuilder().setMaximumAttempts(2).build());
  }

  /** For telling people while the run goes on: an hour, over and over. */
  static <T> T telling(Class<T> activities, String summary) {
    return telling(activities, summary, Duration.ofHours(1));
  }

  /** For telling people that the run has ended, which waits for it. */
  static <T> T tellingLast(Class<T> activities, String summary) {
    return telling(activities, summary, LAST_CHANCE);
  }

  private static <T> T telling(Class<T> activities, String summary, Duration within) {
    return Workflow.newActivityStub(
        activities,
        ActivityOptions.newBuilder()
            .setScheduleToCloseTimeout(within)
            .setStartToCloseTimeout(Duration.ofMinutes(1))
            .setRetryOptions(TELLING)
            .setSummary(summary)
            .build());
  }

  private static <T> T stub(
      Class<T> activities, String summary, Duration heartbeat, RetryOptions retry) {
    return Workflow.newActivityStub(activities, options(summary, heartbeat, retry));
  }

  private static ActivityOptions options(String summary, Duration heartbeat, RetryOptions retry) {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofDays(7))
        .setHeartbeatTimeout(heartbeat)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(retry)
        .setSummary(summary)
        .build();
  }
}
