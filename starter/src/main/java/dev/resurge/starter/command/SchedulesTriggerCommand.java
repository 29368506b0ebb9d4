package dev.resurge.starter.command;

import dev.resurge.starter.World;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./resurge schedules trigger SYSTEM NAME}. */
@Command(
    name = "trigger",
    description = "Begin now, besides its times; nothing is begun if one still runs.")
final class SchedulesTriggerCommand extends BaseCommand {
  @Mixin private OneSchedule schedule;

  SchedulesTriggerCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var id = schedule.id();
    var kept = world().schedules().find(id);
    if (kept.filter(each -> !each.running().isEmpty()).isPresent()) {
      return Answer.ok(
          List.of(id + " still runs, so nothing is begun: ./resurge show " + schedule.system()),
          Answer.fields("id", id, "begun", false));
    }
    world().schedules().trigger(id);
    return Answer.ok(
        List.of(id + " begins: ./resurge watch " + schedule.system()),
        Answer.fields("id", id, "begun", true));
  }
}
