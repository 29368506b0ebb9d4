package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.Notice;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Telling people who are not looking. No run depends on it. */
@ActivityInterface
public interface NoticeActivities {
  /**
   * Tells everybody whom the routes name. A retry tells only those whom the attempt before could
   * not reach.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code NoticeUndelivered} naming the
   *     channels that failed, when all others have been told
   */
  @ActivityMethod
  void tell(Notice notice);
}
