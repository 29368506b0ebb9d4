package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.archive.Archives;
import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.view.EvidenceText;
import dev.resurge.starter.view.SetText;
import dev.resurge.starter.view.StatusText;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./resurge show SYSTEM|RUN|SET}. */
@Command(
    name = "show",
    description = "All about a system's runs, one run, or one set.",
    footer = {
      "",
      "Runs that go on are asked through Temporal; ended ones are read from their evidence."
    })
final class ShowCommand extends BaseCommand {
  @Parameters(paramLabel = "WHAT", description = "A system's name, a run's id or a set's id.")
  private String what;

  ShowCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    if (RunId.isValid(what)) {
      return run(new RunId(what));
    }
    return SetId.isValid(what) ? set(new SetId(what)) : system(what);
  }

  private Archives archives() {
    return new Archives(world().runbooks().systems(), world()::archive);
  }

  private Answer set(SetId id) {
    var found = archives().ofSet(id).set(id);
    return Answer.ok(
        SetText.lines(found.manifest(), found.sha256(), found.bad(), width(), style()),
        Answer.fields("manifest", found.manifest(), "sha256", found.sha256(), "bad", found.bad()));
  }

  /** Evidence is the truth about an ended run; only one that goes on must be asked. */
  private Answer run(RunId id) {
    try {
      var evidence = archives().ofRun(id).evidence(id);
      return Answer.ok(
          EvidenceText.lines(evidence, width(), style()), Answer.fields("evidence", evidence));
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.RUN_UNKNOWN) {
        throw e;
      }
      var live =
          world().runbooks().systems().stream()
              .flatMap(system -> open(system).stream())
              .filter(s -> s.status().filter(status -> status.run().equals(id)).isPresent())
              .findFirst()
              .orElseThrow(() -> e);
      return Answer.ok(status(live), json(List.of(live), live.ref().system()));
    }
  }

  private Answer system(String system) {
    var open = open(system);
    var lines = new ArrayList<String>();
    open.forEach(state -> lines.addAll(status(state)));
    if (!open.isEmpty()) {
      return Answer.ok(lines, json(open, system));
    }
    var archive = world().archive(system);
    var newest = archive.runs().stream().findFirst().map(archive::evidence);
    lines.add("No run of " + system + " is going on; the last one in " + archive.describe() + ":");
    lines.addAll(
        newest
            .map(evidence -> EvidenceText.lines(evidence, width(), style()))
            .orElse(List.of("  none yet: ./resurge backup " + system)));
    var json = json(List.of(), system);
    json.put("lastRun", newest);
    return Answer.ok(lines, json);
  }

  /** Evidence serves without Temporal, so its absence is only said. */
  private List<RunState> open(String system) {
    try (var runs = world().runs()) {
      return new OpenRuns(runs, system).all();
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.TEMPORAL_UNAVAILABLE) {
        throw e;
      }
      world().terminal().error("note: " + e.getMessage() + "; showing evidence only");
      return List.of();
    }
  }

  private List<String> status(RunState state) {
    return StatusText.lines(
        state,
        world().clock().instant(),
        width(),
        style(),
        world().installation().temporal().taskQueue());
  }

  private static Map<String, Object> json(List<RunState> open, String system) {
    var runs = open.stream().map(ShowCommand::json).toList();
    return Answer.fields("system", system, "runs", runs, "lastRun", Optional.empty());
  }

  private static Map<String, Object> json(RunState state) {
    return Answer.fields(
        "procedure", state.ref().procedure().id(),
        "workflowId", state.ref().workflowId(),
        "temporalStatus", state.temporalStatus(),
        "phase", state.status().map(s -> s.phase()).or(state::phase),
        "started", state.started(),
        "worker", state.worker().name().toLowerCase(Locale.ROOT),
        "status", state.status());
  }
}
