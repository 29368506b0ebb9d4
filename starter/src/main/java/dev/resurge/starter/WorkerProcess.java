package dev.resurge.starter;

import dev.resurge.activities.installation.Installation;
import dev.resurge.starter.runs.Connection;
import dev.resurge.starter.stack.Daemon;
import dev.resurge.starter.stack.Launcher;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A worker with Temporal's in-memory server, started by the launcher as {@code worker} is. Its
 * standard input is a pipe from this process: when that ends, however it ends, so does the worker.
 */
final class WorkerProcess implements World.LocalWorker {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Process process;
  private final Path log;
  private final Thread onExit = Thread.ofPlatform().name("end worker").unstarted(this::end);

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /**
   * @throws ResurgeException {@code TemporalUnavailable} if it does not come up in time
   */
  static WorkerProcess start(Installation installation, Launcher launcher) {
    var command = launcher.worker("--embedded", "--tied");
    var log = installation.state().resolve("log").resolve("worker.log");
    try {
      Files.createDirectories(log.getParent());
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      var worker = new WorkerProcess(process, log);
      try {
        worker.awaitReady(installation.temporal());
        return worker;
      } catch (RuntimeException e) {
        worker.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.TEMPORAL_UNAVAILABLE,
          "starting a worker with " + String.join(" ", command) + ": " + e,
          e);
    }
  }

  private void awaitReady(Installation.Temporal temporal) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (; ; ) {
      try {
        Connection.require(temporal, Map.of());
        return;
      } catch (ResurgeException e) {
        if (ended() || System.nanoTime() > deadline) {
          throw new ResurgeException(
              ErrorType.TEMPORAL_UNAVAILABLE,
              "the worker that was started here did not come up; its last lines ("
                  + log
                  + "):\n"
                  + Daemon.lastLines(log),
              e);
        }
      }
    }
  }

  private boolean ended() {
    try {
      return process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // already going down: the hook finds it ended
    }
  }

  /** It drains first: what it started outlives it, a short step that it is in comes to its end. */
  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
