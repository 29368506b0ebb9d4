package dev.resurge.starter.command;

import dev.resurge.activities.schedule.WantedSchedule;
import picocli.CommandLine.Parameters;

/** Which schedule is meant, as a mixin. */
final class OneSchedule {
  @Parameters(index = "0", paramLabel = "SYSTEM", description = "The system's name.")
  private String system;

  @Parameters(index = "1", paramLabel = "NAME", description = "The schedule's name.")
  private String name;

  String system() {
    return system;
  }

  String name() {
    return name;
  }

  /** Its name in Temporal. */
  String id() {
    return WantedSchedule.id(system, name);
  }
}
