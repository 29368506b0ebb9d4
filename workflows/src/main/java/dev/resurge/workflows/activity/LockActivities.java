package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.Holder;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Who holds a workflow id: a start failure does not say. */
@ActivityInterface
public interface LockActivities {
  /** Asks Temporal who runs under that id. */
  @ActivityMethod
  Holder describe(String workflowId);

  /** Returns once nobody runs under that id; heartbeats meanwhile. */
  @ActivityMethod
  Holder awaitClosed(String workflowId);
}
