package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.view.StackText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code ./resurge up}. */
@Command(
    name = "up",
    description = "Start Temporal with its UI and a worker; they go on when this command ends.",
    footer = {
      "",
      "Starts only what does not run yet. Temporal is started if temporal.address is of this",
      "machine and none answers there: with a memory that survives, in the state folder. Its program",
      "is looked for on the path and in the cache; else it is built once, with Go.",
      "Where Temporal is elsewhere only a worker is started."
    })
final class UpCommand extends BaseCommand {
  UpCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var state = world().stack().up(world().terminal()::error);
    var lines = new ArrayList<>(new StackText(style()).lines(state));
    lines.addAll(
        List.of(
            "", "./resurge doctor says whether all is ready for a run, ./resurge down ends both."));
    return Answer.ok(lines, StackText.fields(state));
  }
}
