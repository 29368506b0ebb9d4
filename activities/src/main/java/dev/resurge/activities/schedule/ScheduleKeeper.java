package dev.resurge.activities.schedule;

import java.util.List;
import java.util.Optional;

/**
 * Temporal's schedules, as far as they are this installation's and begin on its task queue; those
 * of others are not seen.
 */
public interface ScheduleKeeper {
  /**
   * Those it keeps, by id.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code TemporalUnavailable}
   */
  List<KeptSchedule> kept();

  /**
   * One of them.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code TemporalUnavailable}
   */
  Optional<KeptSchedule> find(String id);

  /**
   * Keeps a schedule from now on, or in another form. What a person paused stays paused.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code TargetOwned} if somebody else's
   *     bears the name; {@code InputInvalid} if Temporal does not understand it
   */
  void keep(WantedSchedule wanted);

  /** Keeps it no longer; does nothing if it is not kept. */
  void drop(String id);

  /**
   * Keeps it, but begins nothing until {@link #resume}.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code InputInvalid} if there is none
   */
  void pause(String id, String note);

  /** Begins again. */
  void resume(String id, String note);

  /** Begins now, besides its times, unless one still runs. */
  void trigger(String id);
}
