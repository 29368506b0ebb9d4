package dev.resurge.starter.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./resurge help COMMAND …}: the same as {@code COMMAND … --help}. */
@Command(name = "help", hidden = true, description = "Print a command's help.")
final class HelpCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "COMMAND")
  private List<String> names = new ArrayList<>();

  @Override
  public void run() {
    var command = spec.root().commandLine();
    for (var name : names) {
      var below = command.getSubcommands().get(name);
      if (below == null) {
        throw new ParameterException(command, "there is no command '" + name + "'");
      }
      command = below;
    }
    command.usage(spec.root().commandLine().getOut());
  }
}
