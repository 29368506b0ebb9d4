package dev.resurge.worker.world;

import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.testing.FreePort;
import java.io.Closeable;
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
import java.util.stream.Stream;

/**
 * A machine that has nothing of a system: no runbook, no state, no Temporal, no worker. Commands
 * are typed there as processes of their own, which start what they need themselves.
 */
public final class BlankMachine {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Pattern WORKER = Pattern.compile("worker: process (\\d+),");

  private final WorldFiles files;
  private final Path folder;
  private Path store;
  private int commands;

  BlankMachine(WorldFiles files) {
    this.files = files;
    this.folder = files.root().resolve("blank");
    this.store = files.store();
    try {
      Files.createDirectories(folder);
      Files.writeString(configuration(), configurationText());
      var launcher = folder.resolve("resurge");
      Files.writeString(launcher, launcherText());
      Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the system's sets are, as it is typed. */
  public String store() {
    return "filesystem:" + store;
  }

  /** The store is mounted elsewhere than where the runbook says; closing mounts it back. */
  public Closeable mountStoreElsewhere() {
    store = move(store, folder.resolve("backups"));
    return () -> store = move(store, files.store());
  }

  private static Path move(Path from, Path to) {
    try {
      return Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The runbook, once a command has brought it. */
  public Path runbook() {
    return folder.resolve("runbooks").resolve(files.system() + ".yaml");
  }

  /** Types {@code recover --store … SYSTEM} and more. */
  public Command recover(String... options) {
    var arguments = new ArrayList<>(List.of("recover", "--store", store(), files.system()));
    arguments.addAll(List.of(options));
    return type(arguments);
  }

  /** Types a command. */
  public Command type(List<String> arguments) {
    commands++;
    var stdout = folder.resolve("stdout-" + commands);
    var stderr = folder.resolve("stderr-" + commands);
    var argv = new ArrayList<>(CommandLine.java());
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

  /** What the machine and the store keep, logs included, that says this. */
  public List<Path> filesThatSay(String secret) {
    return Stream.of(folder, store)
        .flatMap(Trees::files)
        .filter(file -> Trees.text(file).contains(secret))
        .toList();
  }

  private Path configuration() {
    return folder.resolve("resurge.yaml");
  }

  private String configurationText() {
    return """
    installation: another-machine
    temporal: {address: "127.0.0.1:%d"}
    state: state
    keys:
      signing: %s
      identities: [%s]
    worker: {port: 0}
    """
        .formatted(
            FreePort.next(),
            files.keys().resolve("signing.pem"),
            files.keys().resolve("identity.age"));
  }

  /** Stands for the repository's launcher, which would look whether all is built. */
  private String launcherText() {
    var argv = new ArrayList<>(Programs.worker(configuration()));
    var main = argv.subList(0, argv.size() - 2); // without --config, which it is given
    return "#!/bin/bash\nshift\nexec '" + String.join("' '", main) + "' \"$@\"\n";
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
