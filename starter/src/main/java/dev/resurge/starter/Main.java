package dev.resurge.starter;

import dev.resurge.starter.command.Answer;
import dev.resurge.starter.command.CommandTree;
import dev.resurge.starter.command.Globals;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line's beginning and end: parses, runs, reports failures, exits. */
public final class Main {
  private static final String DEBUG = "RESURGE_DEBUG";

  private final World world;
  private final Globals globals;

  Main(World world, Globals globals) {
    this.world = world;
    this.globals = globals;
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    // libraries' own words would only get between the lines; set before any of them is loaded
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
    var globals = new Globals();
    System.exit(new Main(new RealWorld(globals), globals).run(arguments));
  }

  /** Runs the command; its exit code. */
  int run(String... arguments) {
    var commandLine = new CommandTree(world, globals).build();
    commandLine
        .setOut(new PrintWriter(System.out, true, System.out.charset()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((thrown, at, parsed) -> failed(thrown))
        .setParameterExceptionHandler((thrown, given) -> misused(thrown));
    return commandLine.execute(arguments);
  }

  private int failed(Exception thrown) {
    if (thrown instanceof ParameterException misuse) {
      return misused(misuse);
    }
    return report(Errors.answer(thrown), thrown);
  }

  private int misused(ParameterException thrown) {
    var command = thrown.getCommandLine().getCommandSpec().qualifiedName(" ");
    var similar =
        thrown instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions().stream().limit(3).toList()
            : List.<String>of();
    var next =
        similar.isEmpty()
            ? command + " --help shows what there is."
            : "Did you mean "
                + String.join(" or ", similar)
                + "? "
                + command
                + " --help shows all.";
    return report(Errors.misuse(thrown.getMessage(), next), thrown);
  }

  private int report(Answer answer, Exception thrown) {
    var terminal = world.terminal();
    answer.lines().forEach(terminal::error);
    if (globals.json()) {
      terminal.out(answer.jsonText());
    }
    if (!world.environment().getOrDefault(DEBUG, "").isEmpty()) {
      thrown.printStackTrace(System.err);
    }
    return answer.exitCode();
  }
}
