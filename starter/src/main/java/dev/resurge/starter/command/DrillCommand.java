package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.follow.Attendant;
import dev.resurge.workflows.model.DrillInput;
import dev.resurge.workflows.model.Procedure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge drill SYSTEM}. */
@Command(
    name = "drill",
    description = "Try a set: restore it beside the live data, check, measure, remove it again.",
    footer = {
      "",
      "Nothing live is touched or stopped. A drill that does not fit says so before it starts.",
      "Exit 0: it can be restored. 4: it cannot, or a critical rule is broken. 8: an objective is",
      "missed. 5: something failed, or a copy is left. 3: refused, nothing was begun."
    })
final class DrillCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", description = "The system's name, as its runbook's file.")
  private String system;

  @Mixin private ChosenSet set;

  @Option(
      names = "--only",
      paramLabel = "COMPONENT",
      split = ",",
      description = "Try these components only.")
  private List<String> only = new ArrayList<>();

  @Mixin private Reason reason;

  @Option(names = "--no-wait", description = "Start it only.")
  private boolean noWait;

  @Mixin private Identity identity;

  DrillCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var chosen = set.name();
    world().runbooks().check(system);
    var decider = identity.decider(world());
    var input = new DrillInput(system, chosen, only, reason.given(), Optional.of(decider.person()));
    try (var runs = world().runs()) {
      var run =
          runs.start(
              Procedure.DRILL, system, input, "drill of " + system + " for " + decider.name());
      return noWait
          ? Following.startedOnly(run)
          : new Following(world(), runs).follow(run, decider, Attendant.Approval.TELL);
    }
  }
}
