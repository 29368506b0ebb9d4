package dev.resurge.activities.platform.host;

import dev.resurge.activities.platform.host.DetachedLauncher.Detached;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.spi.Shell.Program;
import dev.resurge.activities.spi.Workloads.Observation;
import dev.resurge.activities.spi.Workloads.State;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Workload.LocalProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Workloads with commands of their own. Their status command is the only truth: what a start or
 * stop command says is believed when the status agrees.
 */
final class ProcessWorkloads {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration STATUS_ANSWERS_WITHIN = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final int RUNNING = 0;
  private static final int STOPPED = 3;

  private final Shell shell;
  private final DetachedLauncher launcher;
  private final ProcessEnder ender = new ProcessEnder(new ProcessTable(), GRACE);

  ProcessWorkloads(Shell shell, DetachedLauncher launcher) {
    this.shell = shell;
    this.launcher = launcher;
  }

  /**
   * Asks its status command.
   *
   * @throws ResurgeException {@code ProgramMissing}; {@code ProgramFailed} if it hangs
   */
  Observation look(Attempt attempt, LocalProcess workload) {
    var limit =
        workload.timeout().compareTo(STATUS_ANSWERS_WITHIN) < 0
            ? workload.timeout()
            : STATUS_ANSWERS_WITHIN;
    var result = run(attempt, workload, workload.status(), limit);
    var said = result.lastLines();
    return switch (result.exitCode()) {
      case RUNNING -> new Observation(State.RUNNING, said.isEmpty() ? "running" : said);
      case STOPPED -> new Observation(State.STOPPED, said.isEmpty() ? "stopped" : said);
      default ->
          new Observation(
              State.UNKNOWN,
              "its status command exited with "
                  + result.exitCode()
                  + (said.isEmpty() ? "" : " and said: " + said));
    };
  }

  /** Stops it and sees it stopped. */
  boolean quiesce(Attempt attempt, LocalProcess workload) {
    if (look(attempt, workload).state() == State.STOPPED) {
      return false;
    }
    var deadline = System.nanoTime() + workload.timeout().toNanos();
    var stop = stop(attempt, workload);
    var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    var seen = new AtomicReference<Observation>();
    var stopped =
        Poll.until(
            attempt,
            stop.exitCode() == 0 ? left : Duration.ZERO,
            PAUSE,
            () -> sees(State.STOPPED, attempt, workload, seen));
    if (!stopped) {
      throw failed(
          "Stopping",
          workload,
          "its stop command exited with "
              + stop.exitCode()
              + ", but "
              + describe(seen.get())
              + lastLines(stop.lastLines()));
    }
    return true;
  }

  private Shell.Result stop(Attempt attempt, LocalProcess workload) {
    try {
      return run(attempt, workload, workload.stop(), workload.timeout());
    } catch (ResurgeException e) {
      throw e.type() == ErrorType.PROGRAM_FAILED ? failed("Stopping", workload, e.getMessage()) : e;
    }
  }

  /** Starts it and sees it running; nothing of a start that fails is left to come up later. */
  void resume(Attempt attempt, LocalProcess workload) {
    if (look(attempt, workload).state() == State.RUNNING) {
      return;
    }
    var started = launcher.start(attempt.run().system() + "." + workload.name(), workload.start());
    var runs = false;
    try {
      runs = awaitRunning(attempt, workload, started);
    } finally {
      if (!runs) {
        ender.end(process -> process.session() == started.process().pid());
      }
    }
  }

  private boolean awaitRunning(Attempt attempt, LocalProcess workload, Detached started) {
    var seen = new AtomicReference<Observation>();
    var decided =
        Poll.until(
            attempt,
            workload.timeout(),
            PAUSE,
            () -> {
              // the exit code first: a command that ends with an error may yet find it running,
              // for example because an earlier attempt's start has come up
              boolean failed = started.failed();
              return sees(State.RUNNING, attempt, workload, seen) || failed;
            });
    if (decided && seen.get().state() == State.RUNNING) {
      return true;
    }
    throw failed(
        "Starting",
        workload,
        (decided
                ? "its start command exited with " + started.process().exitValue()
                : "it was not running after " + Durations.human(workload.timeout()))
            + " and "
            + describe(seen.get())
            + lastLines(shell.discreet(started.lastOutput()))
            + "\n(all it printed: "
            + started.log()
            + ")");
  }

  private boolean sees(
      State wanted, Attempt attempt, LocalProcess workload, AtomicReference<Observation> seen) {
    seen.set(look(attempt, workload));
    return seen.get().state() == wanted;
  }

  private Shell.Result run(
      Attempt attempt, LocalProcess workload, List<String> command, Duration limit) {
    return shell.run(attempt, Program.of(HostWorkloads.tagged(workload), command).within(limit));
  }

  private static String describe(Observation seen) {
    return "its status is " + seen.state() + " (" + seen.detail() + ")";
  }

  private static String lastLines(String text) {
    return text.isEmpty() ? "" : "; its last lines:\n" + text;
  }

  private static ResurgeException failed(String doing, LocalProcess workload, String what) {
    return new ResurgeException(
        ErrorType.WORKLOAD_FAILED, doing + " workload '" + workload.name() + "': " + what);
  }
}
