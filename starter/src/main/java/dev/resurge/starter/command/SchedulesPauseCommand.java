package dev.resurge.starter.command;

import dev.resurge.starter.World;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./resurge schedules pause SYSTEM NAME}. */
@Command(
    name = "pause",
    description = "Begin nothing more on this schedule until it is resumed; what runs goes on.")
final class SchedulesPauseCommand extends BaseCommand {
  @Mixin private OneSchedule schedule;

  @Mixin private Reason reason;

  SchedulesPauseCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var id = schedule.id();
    var why = reason.given().map(given -> ": " + given).orElse("");
    world().schedules().pause(id, "paused by " + world().userName() + why);
    return Answer.ok(
        List.of(
            id
                + " is paused; it stays so until ./resurge schedules resume "
                + schedule.system()
                + " "
                + schedule.name()),
        Answer.fields("id", id, "paused", true));
  }
}
