package dev.resurge.worker.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./resurge} as alice types it, in a process of its own, without a terminal. */
public final class CommandLine {
  private static final long SECONDS = 90;

  private final World world;

  /** The command line of a world's installation. */
  public CommandLine(World world) {
    this.world = world;
  }

  /** What a command came to. */
  public record Ended(int exitCode, String stdout, String stderr) {}

  /** Runs a command to its end. */
  public Ended run(String... arguments) {
    var folder = world.configuration().getParent();
    var argv = new ArrayList<>(java());
    argv.addAll(List.of(arguments));
    argv.addAll(List.of("--config", world.configuration().toString()));
    try {
      var stdout = Files.createTempFile(folder, "stdout", "");
      var stderr = Files.createTempFile(folder, "stderr", "");
      var process =
          new ProcessBuilder(argv)
              .directory(folder.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(argv + " does not end: " + Files.readString(stderr));
      }
      return new Ended(process.exitValue(), Files.readString(stdout), Files.readString(stderr));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The class path has the worker's logger, which the command line does not use. */
  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dslf4j.internal.verbosity=WARN",
        "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.resurge.starter.Main");
  }
}
