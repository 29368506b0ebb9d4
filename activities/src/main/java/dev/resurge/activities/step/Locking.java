package dev.resurge.activities.step;

import dev.resurge.workflows.activity.LockActivities;
import dev.resurge.workflows.model.Holder;
import dev.resurge.workflows.model.TransferProgress;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Who holds a lock, and waiting for it. */
public final class Locking implements LockActivities {
  private static final Duration LOOK = Duration.ofMillis(250);
  private final Holders holders;

  public Locking(Holders holders) {
    this.holders = holders;
  }

  @Override
  public Holder describe(String workflowId) {
    return holders.describe(workflowId);
  }

  @Override
  public Holder awaitClosed(String workflowId) {
    var context = Activity.getExecutionContext();
    for (; ; ) {
      var holder = holders.describe(workflowId);
      if (holder.temporalRunId().isEmpty()) {
        return holder;
      }
      context.heartbeat(new TransferProgress("waiting for " + holder.describe(), 0, 0));
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }
}
