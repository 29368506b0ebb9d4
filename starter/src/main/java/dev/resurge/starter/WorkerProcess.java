package dev.resurge.starter;

import dev.resurge.activities.installation.Installation;
import dev.resurge.starter.runs.Connection;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A worker with Temporal's in-memory server, started by the launcher as {@code worker} is. */
final class WorkerProcess implements World.LocalWorker {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int LAST_LINES = 12;

  private final Process process;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  /**
   * @throws ResurgeException {@code TemporalUnavailable} if it does not come up in time
   */
  static WorkerProcess start(
      Installation installation, Optional<Path> config, Map<String, String> environment) {
    var launcher =
        Path.of(environment.getOrDefault("RESURGE_ROOT", ".")).resolve("resurge").toAbsolutePath();
    var command = new ArrayList<>(List.of(launcher.toString(), "worker", "--embedded"));
    config.ifPresent(file -> command.addAll(List.of("--config", file.toString())));
    var log = installation.state().resolve("log").resolve("worker.log");
    try {
      Files.createDirectories(log.getParent());
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      var worker = new WorkerProcess(process);
      try {
        worker.awaitReady(installation.temporal(), log);
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

  private void awaitReady(Installation.Temporal temporal, Path log) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (; ; ) {
      try {
        Connection.open(temporal.address(), temporal.namespace())
            .getWorkflowServiceStubs()
            .shutdownNow();
        return;
      } catch (ResurgeException e) {
        if (ended() || System.nanoTime() > deadline) {
          throw new ResurgeException(
              ErrorType.TEMPORAL_UNAVAILABLE,
              "the worker that was started here did not come up; its last lines ("
                  + log
                  + "):\n"
                  + lastLines(log),
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

  private static String lastLines(Path log) {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  /** It drains first: what it started outlives it, a step it is in comes to its end. */
  @Override
  public void close() {
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
