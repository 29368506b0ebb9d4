package dev.resurge.worker.world;

import dev.resurge.activities.spi.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Where commands are typed as processes of their own, which start what they need themselves: a
 * folder with a configuration, and what stands for the repository's launcher, which would look
 * whether all is built.
 */
public final class Prompt {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Pattern WORKER = Pattern.compile("worker: process (\\d+),");

  private final Path folder;
  private int commands;

  private Prompt(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder ready. */
  public static Prompt in(Path folder, String configuration) {
    var prompt = new Prompt(folder);
    try {
      Files.createDirectories(folder);
      Files.writeString(prompt.configuration(), configuration);
      script(folder.resolve("resurge"), prompt.launcher());
      script(folder.resolve("temporal"), temporal());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return prompt;
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String launcher() {
    var argv = new ArrayList<>(Programs.worker(configuration()));
    var worker = argv.subList(0, argv.size() - 2); // without --config, which it is given
    var temporal = TestTemporal.program().orElse(folder.resolve("temporal"));
    return """
    #!/bin/bash
    case "$1" in
      worker) exec %s "${@:2}" ;;
      temporal) echo '%s' ;;
    esac
    """
        .formatted(quoted(worker), temporal);
  }

  /** Understands of the real server's arguments the one that it cannot do without. */
  private static String temporal() {
    return """
    #!/bin/bash
    while [ "$1" != --port ]; do shift; done
    exec %s --port "$2"
    """
        .formatted(quoted(Programs.temporal()));
  }

  private static String quoted(List<String> argv) {
    return "'" + String.join("' '", argv) + "'";
  }

  private Path configuration() {
    return folder.resolve("resurge.yaml");
  }

  /** Types a command. */
  public Command type(String... arguments) {
    return type(List.of(arguments));
  }

  /** Types a command. */
  public Command type(List<String> arguments) {
    commands++;
    var stdout = folder.resolve("stdout-" + commands);
    var stderr = folder.resolve("stderr-" + commands);
    // as at a prompt also where these tests run in a background that ignores Ctrl-C
    var argv = new ArrayList<>(List.of("env", "--default-signal=INT"));
    argv.addAll(CommandLine.java());
    argv.addAll(arguments);
    argv.addAll(List.of("--config", configuration().toString()));
    try {
      var builder =
          new ProcessBuilder(argv)
              .directory(folder.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      builder.environment().put("RESURGE_ROOT", folder.toString());
      return new Command(builder.start(), stdout, stderr);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command that was typed. */
  public static final class Command {
    private final Process process;
    private final Path stdout;
    private final Path stderr;

    private Command(Process process, Path stdout, Path stderr) {
      this.process = process;
      this.stdout = stdout;
      this.stderr = stderr;
    }

    /** All that it has said until now. */
    public String said() {
      try {
        return Files.readString(stdout) + Files.readString(stderr);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits until it has said that. */
    public void awaitSaying(String text) {
      if (!Poll.until(PATIENCE, LOOK, () -> said().contains(text))) {
        throw new AssertionError("it did not say " + text + " but " + said());
      }
    }

    /** Waits for its end; its exit code. */
    public int exitCode() {
      try {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError("it does not end: " + said());
        }
        return process.exitValue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    /** The worker that it has started, once it says so; empty if that has ended. */
    public Optional<ProcessHandle> worker() {
      if (!Poll.until(PATIENCE, LOOK, () -> WORKER.matcher(said()).find())) {
        throw new AssertionError("it started no worker: " + said());
      }
      var pid = WORKER.matcher(said()).results().map(m -> Long.parseLong(m.group(1))).findFirst();
      return pid.flatMap(ProcessHandle::of);
    }

    /** The only match's first group of what it has said. */
    public String find(Pattern pattern) {
      return pattern.matcher(said()).results().map(m -> m.group(1)).findFirst().orElseThrow();
    }

    /** The machine loses power: it and the worker end without a word. */
    public void killWithWorker() {
      var worker = worker().orElseThrow();
      worker.destroyForcibly();
      kill();
      worker.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** It ends without a word. */
    public void kill() {
      process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** What Ctrl-C sends to it, and to it alone. */
    public void interrupt() {
      try {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
