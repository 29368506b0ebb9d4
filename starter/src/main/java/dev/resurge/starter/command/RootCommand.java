package dev.resurge.starter.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./resurge}: alone it prints what there is. */
@Command(
    name = "./resurge",
    description = "Backs systems up, proves the backups, and brings the systems back.",
    synopsisHeading = "",
    customSynopsis = {"Usage: ./resurge COMMAND …", ""})
@SuppressWarnings("UnusedVariable") // picocli reads and writes the annotated fields
final class RootCommand implements Runnable {
  @Mixin private final Globals globals;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  private boolean version;

  @Spec private CommandSpec spec;

  RootCommand(Globals globals) {
    this.globals = globals;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
