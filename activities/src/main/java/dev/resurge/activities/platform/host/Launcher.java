package dev.resurge.activities.platform.host;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts programs in sessions of their own, with nothing of the worker but what they need. */
final class Launcher {
  /** Where setsid lies wherever util-linux is installed, should the PATH lack it. */
  private static final String SYSTEM_FOLDERS = "/usr/bin:/bin";

  private final ProgramEnvironment environment;
  private final ProgramFinder finder;
  private final ProgramFinder systemFinder;
  private final Charset argumentCharset;

  Launcher(ProgramEnvironment environment) {
    this(environment, Charset.forName(System.getProperty("sun.jnu.encoding")));
  }

  /**
   * @param argumentCharset how the JVM writes arguments, which its own locale decides
   */
  Launcher(ProgramEnvironment environment, Charset argumentCharset) {
    this.environment = environment;
    this.argumentCharset = argumentCharset;
    finder = new ProgramFinder(environment.path());
    systemFinder = new ProgramFinder(environment.path() + ":" + SYSTEM_FOLDERS);
  }

  ProgramFinder finder() {
    return finder;
  }

  /**
   * A process that is not started yet. Its process id will be its session's and its group's:
   * setsid(1) turns into the program without a fork.
   *
   * @param more added to the environment
   * @throws ResurgeException {@code ProgramMissing}; {@code ConfigurationInvalid} if the worker's
   *     locale cannot express an argument
   */
  ProcessBuilder prepare(List<String> argv, Map<String, String> more, Optional<Path> directory) {
    var where = directory.orElse(Path.of(""));
    var command = new ArrayList<String>();
    command.add(systemFinder.require("setsid", where).toString());
    command.add(finder.require(argv.isEmpty() ? "" : argv.getFirst(), where).toString());
    command.addAll(argv.subList(1, argv.size()));
    requireExpressible(command);
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment.variables());
    builder.environment().putAll(more);
    directory.ifPresent(d -> builder.directory(d.toFile()));
    return builder;
  }

  /**
   * Starts it.
   *
   * @throws ResurgeException {@code ProgramFailed} if it cannot be started
   */
  Process start(ProcessBuilder builder, String description) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED, "Starting " + description + ": " + e.getMessage(), e);
    }
  }

  /** A question mark in place of a letter would make a program work on another file. */
  private void requireExpressible(List<String> command) {
    for (var argument : command) {
      if (!argumentCharset.newEncoder().canEncode(argument)) {
        throw new ResurgeException(
            ErrorType.CONFIGURATION_INVALID,
            "Starting "
                + String.join(" ", command.subList(1, command.size()))
                + ": the worker's locale ("
                + argumentCharset
                + ") has no way to write '"
                + argument
                + "'; start the worker with LANG=C.UTF-8");
      }
    }
  }
}
