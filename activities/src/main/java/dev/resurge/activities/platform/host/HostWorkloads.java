package dev.resurge.activities.platform.host;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.spi.Workloads;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Workload;
import java.nio.file.Path;

/** Workloads that are processes or systemd units of the worker's own machine. */
public final class HostWorkloads implements Workloads {
  private final Shell shell;
  private final ProcessWorkloads processes;
  private final SystemdWorkloads units;

  /**
   * @param environment what started processes get of the worker's environment
   * @param state a folder of the worker's: what started processes print goes to {@code
   *     workloads/<system>.<workload>.log} in it
   */
  public HostWorkloads(Shell shell, ProgramEnvironment environment, Path state) {
    this.shell = shell;
    processes =
        new ProcessWorkloads(
            shell, new DetachedLauncher(new Launcher(environment), state.resolve("workloads")));
    units = new SystemdWorkloads(shell);
  }

  @Override
  public Observation observe(Attempt attempt, Workload workload) {
    try {
      return switch (workload) {
        case Workload.LocalProcess process -> processes.look(attempt, process);
        case Workload.Systemd unit -> units.look(attempt, unit);
      };
    } catch (ResurgeException e) {
      return new Observation(State.UNKNOWN, e.getMessage());
    }
  }

  @Override
  public boolean quiesce(Attempt attempt, Workload workload) {
    endLeftOver(attempt, workload);
    return switch (workload) {
      case Workload.LocalProcess process -> processes.quiesce(attempt, process);
      case Workload.Systemd unit -> units.quiesce(attempt, unit);
    };
  }

  @Override
  public void resume(Attempt attempt, Workload workload) {
    endLeftOver(attempt, workload);
    switch (workload) {
      case Workload.LocalProcess process -> processes.resume(attempt, process);
      case Workload.Systemd unit -> units.resume(attempt, unit);
    }
  }

  /** A stop command of an attempt whose worker died would stop what is about to be started. */
  private void endLeftOver(Attempt attempt, Workload workload) {
    shell.endTagged(attempt.tagPrefix(tagged(workload)), attempt.tag(tagged(workload)));
  }

  /** What a workload's own commands are tagged with; what they start is not. */
  static String tagged(Workload workload) {
    return "workload." + workload.name();
  }
}
