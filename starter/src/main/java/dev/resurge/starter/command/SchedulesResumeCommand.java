package dev.resurge.starter.command;

import dev.resurge.activities.schedule.WantedSchedule;
import dev.resurge.starter.World;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./resurge schedules resume SYSTEM NAME}. */
@Command(
    name = "resume",
    description = "Begin again at its times; what was missed meanwhile is not made up for.")
final class SchedulesResumeCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "SYSTEM", description = "The system's name.")
  private String system;

  @Parameters(index = "1", paramLabel = "NAME", description = "The schedule's name.")
  private String name;

  SchedulesResumeCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var id = WantedSchedule.id(system, name);
    world().schedules().resume(id, "resumed by " + world().userName());
    return Answer.ok(List.of(id + " begins again"), Answer.fields("id", id, "paused", false));
  }
}
