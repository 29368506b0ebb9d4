package dev.resurge.starter.command;

import dev.resurge.activities.schedule.KeptSchedule;
import dev.resurge.activities.schedule.WantedSchedule;
import dev.resurge.starter.World;
import dev.resurge.starter.view.Columns;
import dev.resurge.starter.view.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./resurge schedules list [SYSTEM…]}. */
@Command(
    name = "list",
    description = "Every schedule: when it begins next, when it last did, and whether it is kept.")
final class SchedulesListCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", arity = "0..*", description = "Default: all there are.")
  private List<String> systems = new ArrayList<>();

  SchedulesListCommand(World world, Globals globals) {
    super(world, globals);
  }

  /** A schedule as it is wanted, as it is kept, or both. */
  private record Row(String id, Optional<WantedSchedule> wanted, Optional<KeptSchedule> kept) {
    private static final String UNDONE = ": ./resurge schedules apply";

    String runs() {
      return wanted.map(each -> each.schedule().procedure().procedure().id()).orElse("?");
    }

    String when() {
      return wanted
          .map(each -> each.schedule().cron() + " " + each.schedule().timeZone())
          .orElse("?");
    }

    String state() {
      if (kept.isEmpty()) {
        return "not kept yet" + UNDONE;
      }
      if (wanted.isEmpty()) {
        return "in no runbook here" + UNDONE;
      }
      if (!kept.get().isOf(wanted.get())) {
        return "the runbook has changed" + UNDONE;
      }
      if (kept.get().paused()) {
        return kept.get().note().orElse("paused");
      }
      return kept.get().running().isEmpty() ? "waits" : "runs";
    }
  }

  @Override
  Answer answer() {
    var kept =
        world().schedules().kept().stream()
            .filter(each -> systems.isEmpty() || systems.contains(each.system()))
            .collect(Collectors.toMap(KeptSchedule::id, Function.identity()));
    var wanted = wanted();
    var ids = new TreeMap<String, Row>();
    wanted.forEach((id, each) ->
        ids.put(id, new Row(id, Optional.of(each), Optional.ofNullable(kept.get(id)))));
    kept.forEach(
        (id, each) -> ids.putIfAbsent(id, new Row(id, Optional.empty(), Optional.of(each))));
    var rows = List.copyOf(ids.values());
    var lines =
        rows.isEmpty()
            ? List.of("no runbook in " + world().runbooks().folder() + " has schedules")
            : Columns.table(
                List.of("SCHEDULE", "RUNS", "WHEN", "NEXT", "LAST", "STATE"),
                rows.stream().map(SchedulesListCommand::cells).toList());
    return Answer.ok(
        lines, Answer.fields("schedules", rows.stream().map(SchedulesListCommand::json).toList()));
  }

  private Map<String, WantedSchedule> wanted() {
    var named = systems.isEmpty() ? world().runbooks().systems() : systems;
    return named.stream()
        .map(world().runbooks()::load)
        .flatMap(runbook ->
            runbook.spec().schedules().stream()
                .map(schedule -> new WantedSchedule(runbook.system(), schedule)))
        .collect(Collectors.toMap(WantedSchedule::id, Function.identity()));
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.id(),
        row.runs(),
        row.when(),
        row.kept().flatMap(KeptSchedule::next).map(Times::text).orElse("-"),
        row.kept().flatMap(KeptSchedule::last).map(Times::text).orElse("never"),
        row.state());
  }

  private static Map<String, Object> json(Row row) {
    return Answer.fields(
        "id",
        row.id(),
        "state",
        row.state(),
        "schedule",
        row.wanted().map(WantedSchedule::schedule),
        "kept",
        row.kept());
  }
}
