package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.HookActivities;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.runbook.Hooks.Hook;
import java.util.List;

/** The runbook's own commands at one place of a run; a failing one parks. */
final class HookSteps {
  private HookSteps() {}

  /**
   * @param skippable whether going on without one is offered; it flaws the run
   */
  static void run(Conducted of, List<Hook> hooks, boolean skippable) {
    for (var hook : hooks) {
      of.phase("hooks");
      of.parking(
              "hook " + hook.name(),
              skippable ? List.of("skip") : List.of(),
              () ->
                  of.steps()
                      .step("hook " + hook.name())
                      .ask(HookActivities.class, a -> a.runHook(of.theRun(), hook.name())))
          .ifPresentOrElse(
              output -> {},
              () -> of.draft().flawed(Verdict.FAIL_INTEGRITY, "hook " + hook.name() + " failed"));
    }
  }
}
