package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.archive.Archive;
import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.view.Columns;
import dev.resurge.starter.view.Times;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge list runs SYSTEM}. */
@Command(
    name = "runs",
    description = "Runs that go on, then ended ones by their evidence, newest first.")
final class ListRunsCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", description = "The system's name.")
  private String system;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many ended ones. Default 20.")
  private int limit;

  ListRunsCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var notes = new ArrayList<String>();
    var rows = new ArrayList<Row>();
    going(notes).forEach(state -> rows.add(row(state)));
    ended(notes).forEach(rows::add);
    var lines = new ArrayList<String>();
    if (rows.isEmpty()) {
      lines.add("no run of " + system + " is known");
    } else {
      lines.addAll(
          Columns.table(
              List.of("RUN", "PROCEDURE", "BEGAN", "OUTCOME", "SUMMARY"),
              rows.stream().map(Row::cells).toList()));
    }
    notes.forEach(note -> world().terminal().error("note: " + note));
    return Answer.ok(
        lines,
        Answer.fields(
            "system", system, "runs", rows.stream().map(Row::json).toList(), "notes", notes));
  }

  private List<RunState> going(List<String> notes) {
    try (var runs = world().runs()) {
      return new OpenRuns(runs, system).all();
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.TEMPORAL_UNAVAILABLE) {
        throw e;
      }
      notes.add("runs that go on are not shown: " + e.getMessage());
      return List.of();
    }
  }

  private List<Row> ended(List<String> notes) {
    try {
      var archive = world().archive(system);
      return archive.runs().stream().limit(limit).map(run -> row(archive, run)).toList();
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.STORE_UNAVAILABLE) {
        throw e;
      }
      notes.add("ended runs are not shown: " + e.getMessage());
      return List.of();
    }
  }

  private static Row row(RunState state) {
    var phase = state.status().map(Status::phase).or(state::phase);
    return new Row(
        state.status().map(Status::run),
        state.ref().procedure().id(),
        Times.text(state.started()),
        state.temporalStatus(),
        phase.orElse("no worker answers"));
  }

  /** A report that cannot be trusted is listed with the reason, never hidden. */
  private static Row row(Archive archive, RunId run) {
    try {
      var evidence = archive.evidence(run);
      return new Row(
          Optional.of(run),
          evidence.procedure().id(),
          Times.text(evidence.clocks().requested()),
          evidence.verdict().id(),
          evidence.summary());
    } catch (ResurgeException e) {
      return new Row(Optional.of(run), "?", "?", e.type().id(), e.getMessage());
    }
  }

  private record Row(
      Optional<RunId> run, String procedure, String began, String outcome, String summary) {
    List<String> cells() {
      return List.of(
          run.map(RunId::value).orElse("?"), procedure, began, outcome, Columns.cut(summary, 60));
    }

    Map<String, Object> json() {
      return Answer.fields(
          "run", run,
          "procedure", procedure,
          "began", began,
          "outcome", outcome,
          "summary", summary);
    }
  }
}
