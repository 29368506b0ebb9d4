package dev.resurge.scenery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Runs {@code ./resurge} commands as a person would, against the scene's own installation. */
public final class Launcher {
  /** What says how to run Resurge; everything else of its variables would point to real systems. */
  private static final Set<String> HARMLESS =
      Set.of("RESURGE_JAVA_HOME", "RESURGE_JAVA_OPTIONS", "RESURGE_POSTGRES_BIN");

  private final Path program;
  private final Path configuration;
  private final Daemons daemons;
  private final Narrator narrator;
  private final AtomicReference<Process> foreground = new AtomicReference<>();

  /**
   * Makes a runner of commands.
   *
   * @param program the launcher script
   * @param configuration of the scene's installation
   * @param daemons knows how the scene's processes are marked
   */
  public Launcher(Path program, Path configuration, Daemons daemons, Narrator narrator) {
    this.program = program;
    this.configuration = configuration;
    this.daemons = daemons;
    this.narrator = narrator;
  }

  /** A command not yet started. */
  public ProcessBuilder command(String... arguments) {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(Arrays.asList(arguments));
    return inInstallation(new ProcessBuilder(command));
  }

  /** Lets a process see the scene's installation and no other. */
  private ProcessBuilder inInstallation(ProcessBuilder builder) {
    var environment = builder.environment();
    environment
        .keySet()
        .removeIf(name ->
            name.startsWith("TEMPORAL_")
                || (name.startsWith("RESURGE_") && !HARMLESS.contains(name)));
    environment.put("RESURGE_CONFIG", configuration.toString());
    daemons.mark(builder);
    return builder;
  }

  /** Shows the command and starts it in the person's terminal. */
  public Process start(String... arguments) throws IOException {
    narrator.command("./resurge " + String.join(" ", arguments));
    var builder = command(arguments);
    if (narrator.standardOutputIsTaken()) {
      // standard output is for the one object at the end
      builder.command().addAll(0, List.of("bash", "-c", "exec \"$@\" >&2", "resurge"));
    }
    var process = builder.inheritIO().start();
    foreground.set(process);
    return process;
  }

  /** Shows the command, runs it and fails unless it exits with 0. */
  public void run(String... arguments) throws SceneException, IOException, InterruptedException {
    var exit = start(arguments).waitFor();
    if (exit != 0) {
      throw new SceneException(
          "./resurge %s ended with %d; it said the above"
              .formatted(String.join(" ", arguments), exit));
    }
  }

  /** Ends the command in the terminal, if one runs. */
  public void interrupt() {
    var process = foreground.get();
    if (process != null) {
      process.destroy();
    }
  }
}
