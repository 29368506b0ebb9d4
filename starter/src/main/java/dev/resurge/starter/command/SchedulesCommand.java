package dev.resurge.starter.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./resurge schedules apply|list|pause|resume|trigger}. */
@Command(
    name = "schedules",
    description = "What runs by itself: apply what runbooks say, list, pause, resume, trigger.")
final class SchedulesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: apply, list, pause, resume or trigger");
  }
}
