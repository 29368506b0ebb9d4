package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.view.ReadinessText;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.readiness.ReadinessRules;
import dev.resurge.workflows.runbook.Runbook;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./resurge readiness [SYSTEM…]}. */
@Command(
    name = "readiness",
    description = "Could each system be brought back now: recovery point, last proof, findings.",
    footer = {
      "",
      "Exits 1 if an objective of a system is missed, or if nothing proves that it is met.",
    })
final class ReadinessCommand extends BaseCommand {
  private static final int BROKEN = 1;

  @Parameters(paramLabel = "SYSTEM", arity = "0..*", description = "Default: all there are.")
  private List<String> systems = new ArrayList<>();

  ReadinessCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var named = systems.isEmpty() ? world().runbooks().systems() : systems;
    var all = named.stream().map(system -> world().runbooks().load(system)).map(this::of).toList();
    var going = named.isEmpty() ? List.<String>of() : going(named);
    var ready = all.stream().allMatch(Readiness::ready);
    var text = new ReadinessText(world().clock().instant(), style());
    var lines = new ArrayList<String>();
    if (all.isEmpty()) {
      lines.add("no runbook is in " + world().runbooks().folder());
    }
    all.forEach(each -> lines.addAll(text.lines(each)));
    if (!going.isEmpty()) {
      lines.add("");
      lines.addAll(going);
    }
    return new Answer(
        ready ? 0 : BROKEN, lines, Answer.fields("ready", ready, "systems", all, "running", going));
  }

  /** A store that does not answer proves nothing; the others are judged all the same. */
  private Readiness of(Runbook runbook) {
    try {
      return world().archive(runbook.system()).readiness(runbook, world().clock().instant());
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.STORE_UNAVAILABLE) {
        throw e;
      }
      return new ReadinessRules(runbook).unread(e.getMessage());
    }
  }

  private List<String> going(List<String> named) {
    try (var runs = world().runs()) {
      return named.stream()
          .flatMap(
              system -> new OpenRuns(runs, system).all().stream().map(run -> line(system, run)))
          .toList();
    } catch (ResurgeException e) {
      if (e.type() != ErrorType.TEMPORAL_UNAVAILABLE) {
        throw e;
      }
      world().terminal().error("note: runs that go on are not shown: " + e.getMessage());
      return List.of();
    }
  }

  private static String line(String system, RunState run) {
    var question = run.status().flatMap(Status::question);
    return run.ref().procedure().id()
        + " of "
        + system
        + (question.isPresent()
            ? " waits for a person: ./resurge show " + system
            : " is going on: " + run.status().map(Status::phase).or(run::phase).orElse("?"));
  }
}
