package dev.resurge.activities.schedule;

import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ProcedureInput;
import dev.resurge.workflows.runbook.Schedule;

/** A schedule as a runbook has it. */
public record WantedSchedule(String system, Schedule schedule) {
  /** Its name in Temporal: {@code library/nightly}. */
  public String id() {
    return id(system, schedule.name());
  }

  /** The name in Temporal of a system's schedule. */
  public static String id(String system, String name) {
    return system + "/" + name;
  }

  /** What runs, and when: {@code backup at 0 2 * * * (Europe/Berlin)}. */
  public String describe() {
    return schedule.procedure().procedure().id()
        + " at "
        + schedule.cron()
        + " ("
        + schedule.timeZone()
        + ")"
        + (schedule.components().isEmpty()
            ? ""
            : ", only " + String.join(", ", schedule.components()))
        + (schedule.paused() ? ", paused" : "");
  }

  /** What a run of it is told. */
  ProcedureInput input() {
    return schedule.input(system);
  }

  /** Two of the same digest are kept in the same way. */
  String digest() {
    return Json.sha256(Json.pretty(this)).substring(0, 16);
  }
}
