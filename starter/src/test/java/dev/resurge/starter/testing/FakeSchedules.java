package dev.resurge.starter.testing;

import dev.resurge.activities.schedule.KeptSchedule;
import dev.resurge.activities.schedule.ScheduleKeeper;
import dev.resurge.activities.schedule.WantedSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Temporal that keeps schedules and writes down what it was asked for. */
public final class FakeSchedules implements ScheduleKeeper {
  private final List<KeptSchedule> kept = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  /** It keeps this one already. */
  public FakeSchedules keeps(KeptSchedule schedule) {
    kept.add(schedule);
    return this;
  }

  /** What was asked for, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public List<KeptSchedule> kept() {
    return List.copyOf(kept);
  }

  @Override
  public Optional<KeptSchedule> find(String id) {
    return kept.stream().filter(schedule -> schedule.id().equals(id)).findFirst();
  }

  @Override
  public void keep(WantedSchedule wanted) {
    asked.add("keep " + wanted.id());
  }

  @Override
  public void drop(String id) {
    asked.add("drop " + id);
  }

  @Override
  public void pause(String id, String note) {
    asked.add("pause " + id + " (" + note + ")");
  }

  @Override
  public void resume(String id, String note) {
    asked.add("resume " + id + " (" + note + ")");
  }

  @Override
  public void trigger(String id) {
    asked.add("trigger " + id);
  }
}
