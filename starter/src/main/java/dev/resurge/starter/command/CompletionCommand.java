package dev.resurge.starter.command;

import dev.resurge.starter.World;
import dev.resurge.starter.completion.CompletionScript;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./resurge completion bash|zsh}. */
@Command(
    name = "completion",
    description = "Print a script that completes commands, options and system names.",
    footer = {
      "",
      "bash: source <(./resurge completion bash)    zsh: source <(./resurge completion zsh)"
    })
final class CompletionCommand extends BaseCommand {
  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell;

  CompletionCommand(World world, Globals globals) {
    super(world, globals);
  }

  /** The shells there is a script for. */
  enum Shell {
    bash,
    zsh
  }

  @Override
  Answer answer() {
    var root = spec().root().commandLine();
    var script =
        switch (shell) {
          case bash -> CompletionScript.bash(root);
          case zsh -> CompletionScript.zsh(root);
        };
    return Answer.ok(
        List.of(script.stripTrailing()), Answer.fields("shell", shell.name(), "script", script));
  }
}
