package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.follow.Attendant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./resurge watch SYSTEM}. */
@Command(name = "watch", description = "Stay with a run that goes on; answer what it asks.")
final class WatchCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "SYSTEM", description = "The system's name.")
  private String system;

  @Parameters(
      arity = "0..1",
      index = "1",
      paramLabel = "PROCEDURE",
      description = "backup, restore or verify; needed only if several are going on.")
  private ProcedureName procedure;

  @Mixin private Identity identity;

  WatchCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    try (var runs = world().runs()) {
      var state = new OpenRuns(runs, system).one(ProcedureName.optional(procedure));
      return new Following(world(), runs)
          .follow(state.ref(), identity.decider(world()), Attendant.Approval.TELL);
    }
  }
}
