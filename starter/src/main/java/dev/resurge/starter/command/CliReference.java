package dev.resurge.starter.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code docs/cli.md}, made from the commands' own help. */
final class CliReference {
  private static final String INTRODUCTION =
      """
      # The command line

      Made from the commands' own help; `CliReferenceTest` says how to make it anew.

      ## What holds for every command

      - `--output json` puts exactly one JSON object on stdout, at the end; everything else goes to \
      stderr.
      - An error says what was tried, on what, and what came back; the next line says what to do. \
      `RESURGE_DEBUG=1` adds the stack trace.
      - Into a pipe progress is one line per change without control codes. `NO_COLOR` is respected.
      - Ctrl-C leaves a run going. It lives in Temporal, not in this command.
      - `--as NAME` is a claim. A person's key proves it: `./resurge keys person NAME`.
      - Every command takes `--address`, `--namespace`, `--tls` and `--tls-…` as Temporal's own \
      command line does: [configuration.md](configuration.md#a-temporal-that-others-run).

      ## Exit codes

      | code | meaning |
      |---|---|
      | 0 | done; for runs: verdict `pass` |
      | 1 | a defect in Resurge; of `readiness`: an objective is broken |
      | 2 | an argument, a runbook or the configuration is wrong; nothing was started |
      | 3 | refused: preflight, rules of approval, another run, another plan |
      | 4 | integrity: a set, signature, key or check is not what it should be |
      | 5 | something needed is away or failed: store, database, Temporal, worker, program |
      | 6 | the old data is live again: not healthy after the cut over, or its budget ran out |
      | 7 | a person rejected or ended the run |
      | 8 | done, but an objective was missed |
      | 9 | the run waits for a person, and this command was told to leave it |
      | 130 | Ctrl-C; the run goes on |

      [errors.md](errors.md) has the code of every error. [pipelines.md](pipelines.md) says what \
      they mean for cron and deployments.

      """;

  private CliReference() {}

  static String markdown(CommandLine root) {
    var text = new StringBuilder(INTRODUCTION);
    for (var group : CommandTree.GROUPS) {
      text.append("## ").append(group.getKey()).append("\n\n");
      commands(root, group).forEach(command -> section(text, command));
    }
    return text.toString().stripTrailing() + "\n";
  }

  private static List<CommandLine> commands(
      CommandLine root, Map.Entry<String, List<String>> group) {
    var all = new ArrayList<CommandLine>();
    for (var name : group.getValue()) {
      var command = root.getSubcommands().get(name);
      all.add(command);
      all.addAll(command.getSubcommands().values());
    }
    return all;
  }

  private static void section(StringBuilder text, CommandLine command) {
    text.append("### ")
        .append(command.getCommandSpec().qualifiedName(" ").replace("./resurge ", ""));
    text.append("\n\n```text\n");
    for (var line : command.getUsageMessage(Ansi.OFF).stripTrailing().split("\n", -1)) {
      text.append(line.stripTrailing()).append('\n');
    }
    text.append("```\n\n");
  }
}
