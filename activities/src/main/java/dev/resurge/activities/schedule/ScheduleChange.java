package dev.resurge.activities.schedule;

import dev.resurge.workflows.runbook.Schedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What has to be done so that Temporal keeps the schedules that runbooks have. */
public sealed interface ScheduleChange {
  /** The schedule's name in Temporal. */
  String id();

  /** What it is: {@code create}, {@code update}, {@code remove}. */
  default String verb() {
    return switch (this) {
      case Create _ -> "create";
      case Update _ -> "update";
      case Remove _ -> "remove";
    };
  }

  /** That it was done: {@code created}. */
  default String done() {
    return verb() + "d";
  }

  /** Does it. */
  void make(ScheduleKeeper keeper);

  /** Temporal does not keep it. */
  record Create(WantedSchedule wanted) implements ScheduleChange {
    @Override
    public String id() {
      return wanted.id();
    }

    @Override
    public void make(ScheduleKeeper keeper) {
      keeper.keep(wanted);
    }
  }

  /** Temporal keeps it in another form. */
  record Update(WantedSchedule wanted) implements ScheduleChange {
    @Override
    public String id() {
      return wanted.id();
    }

    @Override
    public void make(ScheduleKeeper keeper) {
      keeper.keep(wanted);
    }
  }

  /** The runbook has it no longer. */
  record Remove(KeptSchedule kept) implements ScheduleChange {
    @Override
    public String id() {
      return kept.id();
    }

    @Override
    public void make(ScheduleKeeper keeper) {
      keeper.drop(kept.id());
    }
  }

  /**
   * Compares.
   *
   * @param systems what each system wants, of all that are to be looked at: nothing if it is gone.
   *     Of a system that is left out, as its runbook cannot be read, all stays as it is
   * @param kept what Temporal keeps
   * @return in the order of their ids
   */
  static List<ScheduleChange> between(
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
            changes.add(new Create(each));
          } else if (!is.get().isOf(each)) {
            changes.add(new Update(each));
          }
        });
    kept.stream()
        .filter(each -> !wanted.containsKey(each.id()))
        .filter(each -> systems.containsKey(each.system()))
        .forEach(each -> changes.add(new Remove(each)));
    changes.sort(Comparator.comparing(ScheduleChange::id));
    return List.copyOf(changes);
  }
}
