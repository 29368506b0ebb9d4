package dev.resurge.activities.platform.host;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.spi.Shell.Program;
import dev.resurge.activities.spi.Workloads.Observation;
import dev.resurge.activities.spi.Workloads.State;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Workload.Systemd;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Workloads that are units of systemd. States are read with {@code systemctl show}, the interface
 * that systemctl(1) promises to keep: unlike {@code is-active} it tells a stopped unit from a
 * misspelt one.
 */
final class SystemdWorkloads {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  private final Shell shell;

  SystemdWorkloads(Shell shell) {
    this.shell = shell;
  }

  /**
   * Asks systemd.
   *
   * @throws ResurgeException {@code ProgramMissing}; {@code ProgramFailed} if it does not answer
   */
  Observation look(Attempt attempt, Systemd workload) {
    var unit = workload.unit();
    var result =
        systemctl(
            attempt,
            workload,
            ANSWERS_WITHIN,
            "show",
            "--property=LoadState,ActiveState,SubState",
            "--",
            unit);
    var said = properties(result.stdout());
    if (result.exitCode() != 0 || !said.containsKey("ActiveState")) {
      return new Observation(State.UNKNOWN, "systemctl said: " + result.lastLines());
    }
    if (!"loaded".equals(said.get("LoadState"))) {
      return new Observation(
          State.UNKNOWN, "systemd's state of " + unit + " is " + said.get("LoadState"));
    }
    var active = said.get("ActiveState");
    var detail = unit + " is " + active + " (" + said.getOrDefault("SubState", "") + ")";
    return switch (active) {
      case "active", "reloading", "refreshing" -> new Observation(State.RUNNING, detail);
      case "inactive", "failed" -> new Observation(State.STOPPED, detail);
      default -> new Observation(State.UNKNOWN, detail); // activating, deactivating, maintenance
    };
  }

  private static Map<String, String> properties(String text) {
    return text.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, again) -> first));
  }

  /** Stops it and sees it stopped. */
  boolean quiesce(Attempt attempt, Systemd workload) {
    if (look(attempt, workload).state() == State.STOPPED) {
      return false;
    }
    changeTo(State.STOPPED, "stop", attempt, workload);
    return true;
  }

  /** Starts it and sees it running. */
  void resume(Attempt attempt, Systemd workload) {
    if (look(attempt, workload).state() != State.RUNNING) {
      // an application that crashed over and over on rejected data has used up its starts; when
      // the old data is back it must be started all the same
      systemctl(attempt, workload, ANSWERS_WITHIN, "reset-failed", "--", workload.unit());
      changeTo(State.RUNNING, "start", attempt, workload);
    }
  }

  private void changeTo(State wanted, String verb, Attempt attempt, Systemd workload) {
    var deadline = System.nanoTime() + workload.timeout().toNanos();
    var answer = command(attempt, workload, verb);
    if (answer.exitCode() != 0) {
      throw failed(
          attempt, workload, verb, "exited with " + answer.exitCode() + ": " + answer.lastLines());
    }
    var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    var seen = new AtomicReference<Observation>();
    var decided =
        Poll.until(
            attempt,
            left,
            PAUSE,
            () -> {
              seen.set(look(attempt, workload));
              return seen.get().state() != State.UNKNOWN;
            });
    if (seen.get().state() != wanted) {
      throw failed(
          attempt,
          workload,
          verb,
          decided
              ? "succeeded, but then " + seen.get().detail()
              : "succeeded, but after "
                  + Durations.human(workload.timeout())
                  + " "
                  + seen.get().detail());
    }
  }

  private Shell.Result command(Attempt attempt, Systemd workload, String verb) {
    try {
      return systemctl(attempt, workload, workload.timeout(), verb, "--", workload.unit());
    } catch (ResurgeException e) {
      throw e.type() == ErrorType.PROGRAM_FAILED
          ? failed(attempt, workload, verb, "did not come to an end: " + e.getMessage())
          : e;
    }
  }

  private ResurgeException failed(
      Attempt attempt, Systemd workload, String verb, String whatCameBack) {
    return new ResurgeException(
        ErrorType.WORKLOAD_FAILED,
        "Workload '"
            + workload.name()
            + "': systemctl "
            + verb
            + " "
            + workload.unit()
            + " "
            + whatCameBack
            + "; the unit's last journal lines:\n"
            + journal(attempt, workload));
  }

  private String journal(Attempt attempt, Systemd workload) {
    var argv =
        List.of("journalctl", "--no-pager", "--quiet", "--unit=" + workload.unit(), "--lines=20");
    try {
      var result =
          shell.run(
              attempt, Program.of(HostWorkloads.tagged(workload), argv).within(ANSWERS_WITHIN));
      return result.lastLines().isEmpty() ? "(none)" : result.lastLines();
    } catch (ResurgeException e) {
      return "(not readable: " + e.getMessage() + ")";
    }
  }

  private Shell.Result systemctl(
      Attempt attempt, Systemd workload, Duration limit, String... arguments) {
    var argv = new java.util.ArrayList<>(List.of("systemctl", "--no-ask-password"));
    argv.addAll(List.of(arguments));
    return shell.run(attempt, Program.of(HostWorkloads.tagged(workload), argv).within(limit));
  }
}
