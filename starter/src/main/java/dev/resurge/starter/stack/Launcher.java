package dev.resurge.starter.stack;

import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The launcher script, as this command was started by it: it knows where programs are, and starts
 * others of ours with the same configuration.
 *
 * @param script its file
 * @param config {@code --config} of this command
 * @param flags this command's flags about Temporal, with their values
 * @param workingFolder what relative paths of the environment mean
 */
public record Launcher(
    Path script, Optional<Path> config, Map<String, String> flags, Path workingFolder) {
  /** The command that runs a worker in the foreground. */
  public List<String> worker(String... more) {
    var argv = new ArrayList<>(List.of(script.toString(), "worker"));
    argv.addAll(List.of(more));
    config.ifPresent(file -> argv.addAll(List.of("--config", file.toString())));
    flags.forEach((flag, value) -> {
      argv.add(flag);
      if (!flag.equals(InstallationLoader.SWITCH)) {
        argv.add(value);
      }
    });
    return argv;
  }

  /**
   * Temporal's server: on the path, in the cache, or built now, which the launcher tells about.
   *
   * @throws ResurgeException {@code ProgramMissing} if there is none; the launcher has said why
   */
  Path temporalProgram() {
    var command = List.of(script.toString(), "temporal", "--program");
    try {
      var process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      process.getOutputStream().close();
      var path =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() == 0 && !path.isEmpty()) {
        return Path.of(path);
      }
      throw new ResurgeException(
          ErrorType.PROGRAM_MISSING, "there is no Temporal server to start; see above");
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.PROGRAM_MISSING, "running " + String.join(" ", command) + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ResurgeException(ErrorType.ABORTED, "interrupted while looking for Temporal", e);
    }
  }
}
