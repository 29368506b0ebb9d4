package dev.resurge.starter.command;

import dev.resurge.activities.schedule.KeptSchedule;
import dev.resurge.activities.schedule.ScheduleChange;
import dev.resurge.starter.World;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge schedules apply [SYSTEM…]}. */
@Command(
    name = "apply",
    description = "Have Temporal keep the schedules that runbooks have, and no others.",
    footer = {
      "",
      "Without SYSTEM: of all runbooks here; schedules of systems without a runbook are removed.",
      "Touches only schedules of this installation and task queue. What a person paused stays",
      "paused. A worker does the same when it starts, but removes nothing of a system whose runbook",
      "it does not find."
    })
final class SchedulesApplyCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", arity = "0..*", description = "Default: all there are.")
  private List<String> systems = new ArrayList<>();

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  SchedulesApplyCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var keeper = world().schedules();
    var kept = keeper.kept();
    var wanted = wanted(kept);
    var changes = ScheduleChange.between(wanted, kept);
    var lines = new ArrayList<String>();
    var made = new ArrayList<Map<String, Object>>();
    for (var change : changes) {
      if (!dryRun) {
        change.make(keeper);
      }
      lines.add((dryRun ? "would " + change.verb() : change.done()) + " " + words(change));
      made.add(Answer.fields("id", change.id(), "change", change.verb()));
    }
    long all = wanted.values().stream().mapToLong(List::size).sum();
    long changed = changes.stream().filter(change -> change.wanted().isPresent()).count();
    lines.add(
        changes.isEmpty()
            ? "nothing to do: Temporal keeps the " + all + " there are"
            : all - changed + " unchanged");
    return Answer.ok(
        lines, Answer.fields("dryRun", dryRun, "changes", made, "unchanged", all - changed));
  }

  private Map<String, List<Schedule>> wanted(List<KeptSchedule> kept) {
    var wanted = new TreeMap<String, List<Schedule>>();
    var here = world().runbooks().systems();
    if (systems.isEmpty() && here.isEmpty()) {
      throw new ResurgeException(
          ErrorType.RUNBOOK_UNKNOWN,
          "no runbook is in " + world().runbooks().folder() + "; no schedule was touched");
    }
    for (var system : systems.isEmpty() ? here : systems) {
      wanted.put(system, world().runbooks().load(system).spec().schedules());
    }
    if (systems.isEmpty()) {
      kept.forEach(each -> wanted.putIfAbsent(each.system(), List.of()));
    }
    return wanted;
  }

  private static String words(ScheduleChange change) {
    return change.id() + change.wanted().map(wanted -> ": " + wanted.describe()).orElse("");
  }
}
