package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.view.StackText;
import java.util.ArrayList;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code ./resurge down}. */
@Command(
    name = "down",
    description = "End what up started; a cut over comes to its end first, runs go on after up.")
final class DownCommand extends BaseCommand {
  DownCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var state = world().stack().down(world().terminal()::error);
    var lines = new ArrayList<String>();
    var left = Stream.of(state.temporal(), state.worker()).flatMap(part -> part.pid().stream());
    if (left.findAny().isPresent()) {
      lines.addAll(new StackText(style()).lines(state));
    } else {
      lines.add("Nothing that up starts is running.");
    }
    state
        .memory()
        .ifPresent(file ->
            lines.add("Temporal's memory stays in " + file + "; ./resurge up goes on with it."));
    return Answer.ok(lines, StackText.fields(state));
  }
}
