package dev.resurge.activities.hook;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.spi.Shell.Program;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Hooks.Hook;

/**
 * Runs hooks. What a hook leaves in the background ends with it: what is to stay belongs among the
 * workloads.
 */
public final class HookRunner {
  private final Shell shell;

  public HookRunner(Shell shell) {
    this.shell = shell;
  }

  /**
   * Runs a hook to its end. First ends what an earlier attempt of this run left of it, for two at
   * once is not what idempotent means.
   *
   * @return the last lines it printed
   * @throws ResurgeException {@code ProgramMissing}; {@code ProgramFailed} with its exit code and
   *     last lines, also if its time was over
   * @throws java.util.concurrent.CancellationException if the attempt was cancelled
   */
  public String run(Attempt attempt, Hook hook) {
    var name = "hook." + hook.name();
    shell.endTagged(attempt.tagPrefix(name), attempt.tag(name));
    var result = shell.run(attempt, Program.of(name, hook.command()).within(hook.timeout()));
    if (result.exitCode() != 0) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED,
          "Hook '"
              + hook.name()
              + "' ("
              + String.join(" ", hook.command())
              + ") ended with exit code "
              + result.exitCode()
              + (result.lastLines().isEmpty()
                  ? " and printed nothing"
                  : "; its last lines:\n" + result.lastLines()));
    }
    return result.lastLines();
  }
}
