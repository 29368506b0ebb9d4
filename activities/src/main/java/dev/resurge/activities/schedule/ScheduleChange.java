package dev.resurge.activities.schedule;

import dev.resurge.workflows.runbook.Schedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What has to be done so that Temporal keeps the schedules that runbooks have.
 *
 * @param id the schedule's name in Temporal
 * @param wanted what is to be kept; empty if nothing is
 */
public record ScheduleChange(Kind kind, String id, Optional<WantedSchedule> wanted) {
  /** What kind of change it is. */
  public enum Kind {
    /** Temporal does not keep it yet. */
    CREATE,
    /** Temporal keeps it in another form. */
    UPDATE,
    /** The runbook has it no longer. */
    REMOVE
  }

  private ScheduleChange(Kind kind, WantedSchedule wanted) {
    this(kind, wanted.id(), Optional.of(wanted));
  }

  /** What it is in a word: {@code create}. */
  public String verb() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** That it was done: {@code created}. */
  public String done() {
    return verb() + "d";
  }

  /** Does it. */
  public void make(ScheduleKeeper keeper) {
    wanted.ifPresentOrElse(keeper::keep, () -> keeper.drop(id));
  }

  /**
   * Compares.
   *
   * @param systems what each system wants, of all that are to be looked at: nothing if it is gone.
   *     Of a system that is left out, as its runbook cannot be read, all stays as it is
   * @param kept what Temporal keeps
   * @return in the order of their ids
   */
  public static List<ScheduleChange> between(
      Map<String, List<Schedule>> systems, List<KeptSchedule> kept) {
    var byId = kept.stream().collect(Collectors.toMap(KeptSchedule::id, Function.identity()));
    var wanted =
        systems.entrySet().stream()
            .flatMap(system ->
                system.getValue().stream()
                    .map(schedule -> new WantedSchedule(system.getKey(), schedule)))
            .collect(Collectors.toMap(WantedSchedule::id, Function.identity()));
    var changes = new ArrayList<ScheduleChange>();
    wanted
        .values()
        .forEach(each -> {
          var is = Optional.ofNullable(byId.get(each.id()));
          if (is.isEmpty()) {
            changes.add(new ScheduleChange(Kind.CREATE, each));
          } else if (!is.get().isOf(each)) {
            changes.add(new ScheduleChange(Kind.UPDATE, each));
          }
        });
    kept.stream()
        .filter(each -> systems.containsKey(each.system()))
        .filter(each -> !wanted.containsKey(each.id()))
        .forEach(each -> changes.add(new ScheduleChange(Kind.REMOVE, each.id(), Optional.empty())));
    changes.sort(Comparator.comparing(ScheduleChange::id));
    return List.copyOf(changes);
  }
}
