package dev.resurge.starter.command;

import dev.resurge.starter.World;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./resurge schedules resume SYSTEM NAME}. */
@Command(
    name = "resume",
    description = "Begin again at its times; what was missed meanwhile is not made up for.")
final class SchedulesResumeCommand extends BaseCommand {
  @Mixin private OneSchedule schedule;

  SchedulesResumeCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var id = schedule.id();
    world().schedules().resume(id, "resumed by " + world().userName());
    return Answer.ok(List.of(id + " begins again"), Answer.fields("id", id, "paused", false));
  }
}
