package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.view.StackText;
import dev.resurge.workflows.model.ErrorType;
import picocli.CommandLine.Command;

/** {@code ./resurge status}. */
@Command(
    name = "status",
    description = "Say whether Temporal and the worker run, and where.",
    footer = {"", "Exits 0 if both do their work, 5 if one does not."})
final class StatusCommand extends BaseCommand {
  StatusCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var state = world().stack().state();
    return new Answer(
        state.works() ? 0 : ErrorType.WORKER_MISSING.exitCode(),
        new StackText(style()).lines(state),
        StackText.fields(state));
  }
}
