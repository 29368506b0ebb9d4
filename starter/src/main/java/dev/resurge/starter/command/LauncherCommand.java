package dev.resurge.starter.command;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the launcher script runs itself; here it is only listed. */
@Command
final class LauncherCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> ignored = new ArrayList<>();

  @Override
  public Integer call() {
    throw new ResurgeException(
        ErrorType.INPUT_INVALID,
        spec.name() + " is started by the launcher: ./resurge " + spec.name());
  }
}
