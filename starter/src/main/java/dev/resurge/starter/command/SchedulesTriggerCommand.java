package dev.resurge.starter.command;

import dev.resurge.activities.schedule.WantedSchedule;
import dev.resurge.starter.World;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./resurge schedules trigger SYSTEM NAME}. */
@Command(
    name = "trigger",
    description = "Begin now, besides its times; nothing is begun if one still runs.")
final class SchedulesTriggerCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "SYSTEM", description = "The system's name.")
  private String system;

  @Parameters(index = "1", paramLabel = "NAME", description = "The schedule's name.")
  private String name;

  SchedulesTriggerCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var id = WantedSchedule.id(system, name);
    var running =
        world().schedules().kept().stream()
            .filter(each -> each.id().equals(id))
            .anyMatch(each -> !each.running().isEmpty());
    if (running) {
      return Answer.ok(
          List.of(id + " still runs, so nothing is begun: ./resurge show " + system),
          Answer.fields("id", id, "begun", false));
    }
    world().schedules().trigger(id);
    return Answer.ok(
        List.of(id + " begins: ./resurge watch " + system), Answer.fields("id", id, "begun", true));
  }
}
