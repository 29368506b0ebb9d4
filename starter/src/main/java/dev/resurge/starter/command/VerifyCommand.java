package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.follow.Attendant;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.VerifyInput;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge verify SYSTEM}. */
@Command(
    name = "verify",
    description = "Read a set back and prove that every byte is what its manifest says.",
    footer = {
      "",
      "The sets there are must also keep the runbook's rules (verify). A broken critical rule is",
      "exit 4; what is only a warning is said, and exit is 0."
    })
final class VerifyCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", description = "The system's name, as its runbook's file.")
  private String system;

  @Mixin private ChosenSet set;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      defaultValue = "checksum",
      description =
          "checksum (default), or restore: restore the set beside the live data as well, check it"
              + " and remove it again.")
  private LevelName level;

  @Mixin private Reason reason;

  @Option(names = "--no-wait", description = "Start it only.")
  private boolean noWait;

  @Mixin private Identity identity;

  /** Levels as they are typed. */
  enum LevelName {
    checksum(VerifyInput.Level.CHECKSUM),
    restore(VerifyInput.Level.RESTORE);

    private final VerifyInput.Level level;

    LevelName(VerifyInput.Level level) {
      this.level = level;
    }
  }

  VerifyCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var chosen = set.name();
    world().runbooks().check(system);
    var decider = identity.decider(world());
    var input =
        new VerifyInput(system, chosen, level.level, reason.given(), Optional.of(decider.person()));
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
