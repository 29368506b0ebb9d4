package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.archive.Archive.ArchivedSet;
import dev.resurge.starter.view.Columns;
import dev.resurge.starter.view.Times;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.SetSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge list sets SYSTEM}. */
@Command(name = "sets", description = "The sets in the store, newest first; unreadable ones too.")
final class ListSetsCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", description = "The system's name.")
  private String system;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many. Default 20.")
  private int limit;

  ListSetsCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var archive = world().archive(system);
    var sets = archive.sets();
    var shown = sets.stream().limit(limit).toList();
    var lines = new ArrayList<String>();
    if (sets.isEmpty()) {
      lines.add("no set of " + system + " is in " + archive.describe());
      lines.add("  make one: ./resurge backup " + system);
    } else {
      lines.addAll(
          Columns.table(
              List.of("SET", "KIND", "HOLDS", "RECOVERS TO", "AGE", "SIZE", "STORED", "LABELS"),
              shown.stream().map(this::row).toList()));
      if (sets.size() > shown.size()) {
        lines.add("and " + (sets.size() - shown.size()) + " older: --limit " + sets.size());
      }
    }
    return Answer.ok(
        lines, Answer.fields("system", system, "store", archive.describe(), "sets", shown));
  }

  private List<String> row(ArchivedSet entry) {
    var problem = entry.problem().map(p -> "BAD: " + p);
    return entry
        .summary()
        .map(summary ->
            List.of(
                entry.set().value(),
                summary.kind().id(),
                String.join(", ", summary.components()),
                Times.text(summary.recoveryPoint()),
                Durations.human(
                    Duration.between(summary.recoveryPoint(), world().clock().instant())),
                summary.raw().human(),
                summary.stored().human(),
                problem.orElseGet(() -> labels(summary))))
        .orElseGet(() ->
            List.of(entry.set().value(), "?", "?", "?", "?", "?", "?", problem.orElse("BAD")));
  }

  private static String labels(SetSummary summary) {
    return summary.labels().entrySet().stream()
        .map(l -> l.getKey() + "=" + Columns.cut(l.getValue(), 24))
        .collect(Collectors.joining(" "));
  }
}
