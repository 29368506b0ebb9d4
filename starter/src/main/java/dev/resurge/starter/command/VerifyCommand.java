package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.follow.Attendant;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.VerifyInput;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge verify SYSTEM}. */
@Command(
    name = "verify",
    description = "Read a set back and prove that every byte is what its manifest says.")
final class VerifyCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", description = "The system's name, as its runbook's file.")
  private String system;

  @Option(
      names = "--set",
      paramLabel = "SET",
      defaultValue = RestoreInput.LATEST,
      description = "A set's id, or latest (default): the newest good one.")
  private String set;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the evidence.")
  private String reason;

  @Option(names = "--no-wait", description = "Start it only.")
  private boolean noWait;

  @Mixin private Identity identity;

  VerifyCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    SetNames.check(set);
    world().runbooks().check(system);
    var decider = identity.decider(world());
    var input =
        new VerifyInput(system, set, Optional.ofNullable(reason), Optional.of(decider.person()));
    try (var runs = world().runs()) {
      var run =
          runs.start(
              Procedure.VERIFY, system, input, "verify of " + system + " for " + decider.name());
      return noWait
          ? Following.startedOnly(run)
          : new Following(world(), runs).follow(run, decider, Attendant.Approval.TELL);
    }
  }
}
