package dev.resurge.worker;

import dev.resurge.activities.schedule.KeptSchedule;
import dev.resurge.activities.schedule.ScheduleChange;
import dev.resurge.activities.schedule.ScheduleKeeper;
import dev.resurge.activities.step.RunbookFolder;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Schedule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Temporal keep the schedules of this worker's runbooks. Removes none of a system whose runbook
 * is not there or cannot be read: a folder that was not mounted must not end all backups.
 */
final class ScheduleSetting {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleSetting.class);
  private static final long AGAIN_SECONDS = 30;

  private final RunbookFolder runbooks;
  private final ScheduleKeeper keeper;

  ScheduleSetting(RunbookFolder runbooks, ScheduleKeeper keeper) {
    this.runbooks = runbooks;
    this.keeper = keeper;
  }

  /** Does it, again and again as long as Temporal does not answer. */
  void applyUntil(BooleanSupplier stopping) {
    while (!stopping.getAsBoolean()) {
      try {
        apply();
        return;
      } catch (ResurgeException e) {
        LOG.warn("schedules of the runbooks are not kept: {}", e.getMessage());
        if (e.type() != ErrorType.TEMPORAL_UNAVAILABLE) {
          return;
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(AGAIN_SECONDS));
      }
    }
  }

  /**
   * Does it once. Of one that cannot be kept the log says why, and the others are kept.
   *
   * @throws ResurgeException {@code TemporalUnavailable}; {@code ConfigurationInvalid} if this
   *     Temporal keeps none, and a runbook wants one
   */
  void apply() {
    var wanted = wanted();
    for (var change : ScheduleChange.between(wanted, kept(wanted))) {
      try {
        change.make(keeper);
        LOG.info("schedule {} {}", change.id(), change.done());
      } catch (ResurgeException e) {
        if (e.type() == ErrorType.TEMPORAL_UNAVAILABLE) {
          throw e;
        }
        LOG.warn("schedule {} is not kept as its runbook says: {}", change.id(), e.getMessage());
      }
    }
  }

  private List<KeptSchedule> kept(Map<String, List<Schedule>> wanted) {
    try {
      return keeper.kept();
    } catch (ResurgeException e) {
      if (e.type() == ErrorType.CONFIGURATION_INVALID
          && wanted.values().stream().allMatch(List::isEmpty)) {
        return List.of();
      }
      throw e;
    }
  }

  private Map<String, List<Schedule>> wanted() {
    var wanted = new HashMap<String, List<Schedule>>();
    for (var system : runbooks.systems()) {
      try {
        wanted.put(system, runbooks.read(system).runbook().spec().schedules());
      } catch (ResurgeException e) {
        LOG.warn("schedules of {} stay as they are: {}", system, e.getMessage());
      }
    }
    return wanted;
  }
}
