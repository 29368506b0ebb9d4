package dev.resurge.bench;

import dev.resurge.scenery.Daemons;
import dev.resurge.scenery.SceneException;
import dev.resurge.scenery.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A shell script of this package, run as it stands; what belongs to a run are its arguments. */
final class Script {
  private static final int LAST_LINES = 15;

  private final String name;
  private final String text;
  private final Path file;
  private final Path log;
  private final Map<String, String> environment;
  private final Daemons daemons;

  private Script(
      String name,
      String text,
      Workspace workspace,
      Map<String, String> environment,
      Daemons daemons) {
    this.name = name;
    this.text = text;
    this.file = workspace.root().resolve(name);
    this.log = workspace.logs().resolve(name + ".log");
    this.environment = environment;
    this.daemons = daemons;
  }

  /**
   * Puts a script into the workspace.
   *
   * @param environment what its programs are told besides their arguments
   * @param daemons marks what it starts, so that Ctrl-C ends all of it
   */
  static Script install(
      String name, Workspace workspace, Map<String, String> environment, Daemons daemons)
      throws IOException {
    var script = new Script(name, Resources.text(name), workspace, environment, daemons);
    Files.writeString(script.file, script.text);
    Files.setPosixFilePermissions(script.file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  /** What it does, to be read by whoever doubts the figures. */
  String text() {
    return text;
  }

  /** Runs it to its end; how long that took. */
  Duration run(String... arguments) throws SceneException, IOException, InterruptedException {
    var command = new ArrayList<>(List.of(file.toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    daemons.mark(builder);
    var begun = System.nanoTime();
    var exit = builder.start().waitFor();
    var took = Duration.ofNanos(System.nanoTime() - begun);
    if (exit != 0) {
      throw new SceneException(
          "%s %s ended with %d:%n%s"
              .formatted(name, String.join(" ", arguments), exit, lastLines()));
    }
    return took;
  }

  private String lastLines() throws IOException {
    var lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
