package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Status;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./resurge cancel SYSTEM [PROCEDURE]}. */
@Command(
    name = "cancel",
    description = "End a run; what it has moved goes back. The same as deciding abort.")
final class CancelCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "SYSTEM", description = "The system's name.")
  private String system;

  @Parameters(
      arity = "0..1",
      index = "1",
      paramLabel = "PROCEDURE",
      description = "backup, restore or verify; needed only if several are going on.")
  private ProcedureName procedure;

  @Option(names = "--comment", paramLabel = "TEXT", description = "Kept in the evidence.")
  private String comment;

  @Option(
      names = "--force",
      description =
          "Through Temporal's own cancel, which needs no worker now; not recorded as a decision.")
  private boolean force;

  @Mixin private Identity identity;

  CancelCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    try (var runs = world().runs()) {
      var state = new OpenRuns(runs, system).one(ProcedureName.optional(procedure));
      if (force) {
        runs.cancel(state.ref());
        return Answer.ok(
            List.of("✓ Temporal was asked to cancel the " + state.ref().describe()),
            Answer.fields(
                "outcome",
                "requested",
                "procedure",
                state.ref().procedure().id(),
                "system",
                system));
      }
      var run =
          state
              .status()
              .map(Status::run)
              .orElseThrow(() ->
                  new ResurgeException(
                      ErrorType.WORKER_MISSING,
                      "cancelling the "
                          + state.ref().describe()
                          + ": no worker answers; --force asks Temporal itself"));
      var decision =
          identity
              .decider(world())
              .decision(
                  Optional.of(run),
                  Decision.Kind.DECIDE,
                  run.value(),
                  Optional.of("abort"),
                  Optional.ofNullable(comment));
      return Sent.answer(state, decision, runs.answer(state.ref(), decision));
    }
  }
}
