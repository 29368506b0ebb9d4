package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.Run;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Commands of one's own at fixed places. */
@ActivityInterface
public interface HookActivities {
  /**
   * Runs the runbook's hook of that name.
   *
   * @return the last lines it printed
   */
  @ActivityMethod
  String runHook(Run run, String hook);
}
