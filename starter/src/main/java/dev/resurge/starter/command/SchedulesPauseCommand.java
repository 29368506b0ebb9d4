package dev.resurge.starter.command;

import dev.resurge.activities.schedule.WantedSchedule;
import dev.resurge.starter.World;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./resurge schedules pause SYSTEM NAME}. */
@Command(
    name = "pause",
    description = "Begin nothing more on this schedule until it is resumed; what runs goes on.")
final class SchedulesPauseCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "SYSTEM", description = "The system's name.")
  private String system;

  @Parameters(index = "1", paramLabel = "NAME", description = "The schedule's name.")
  private String name;

  @Mixin private Reason reason;

  SchedulesPauseCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var id = WantedSchedule.id(system, name);
    var why = reason.given().map(given -> ": " + given).orElse("");
    world().schedules().pause(id, "paused by " + world().userName() + why);
    return Answer.ok(
        List.of(
            id + " is paused; it stays so until ./resurge schedules resume " + system + " " + name),
        Answer.fields("id", id, "paused", true));
  }
}
