package dev.resurge.activities.step;

import dev.resurge.activities.hook.HookRunner;
import dev.resurge.workflows.activity.HookActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.runbook.Hooks;

/** Commands of one's own. */
public final class Hooking implements HookActivities {
  private final Site site;

  public Hooking(Site site) {
    this.site = site;
  }

  @Override
  public String runHook(Run run, String hook) {
    return Attempts.call(
        run,
        attempt -> {
          var bench = site.workbench(run);
          return new HookRunner(bench.platform().shell())
              .run(attempt, find(bench.runbook().spec().hooks(), hook));
        });
  }

  private static Hooks.Hook find(Hooks hooks, String name) {
    return hooks.all().stream()
        .filter(h -> h.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new ResurgeException(ErrorType.INTERNAL, "the runbook has no hook " + name));
  }
}
