package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.forecast.Forecaster;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RecoverInput;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.SetSummary;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;

/**
 * choose set → preflight → plan → approval → roles → build → verify → place → start → checks. Where
 * the target holds something already it is refused; what an interrupted recovery has built is used
 * again.
 */
public final class RecoverProcedure extends Restoring implements Recover {
  private final RecoverInput input;

  @WorkflowInit
  public RecoverProcedure(RecoverInput input) {
    super(Procedure.RECOVER, input);
    this.input = input;
  }

  @Override
  public RunResult run(RecoverInput same) {
    return conduct(
        input,
        () -> {
          var chosen = chooseSet(input.set());
          preflight(Optional.of(chosen.set()), Intent.REBUILD);
          approvals().ask(plan(chosen));
          approvals().await();
          prepare(chosen);
          copies().build(chosen.set(), approvals()::voidBecause);
          approvals().await(); // anew, where a copy had not verified
          cutOver().run("CutOver", copies().all());
          HookSteps.run(this, runbook().spec().hooks().afterRestore(), true);
          manualChecks(otherSets());
          proved(chosen);
        });
  }

  private void prepare(SetSummary chosen) {
    phase("preparing");
    for (var component : components()) {
      parking(
          "preparing " + component.name(),
          List.of(),
          () ->
              steps()
                  .step("prepare", component.name())
                  .ask(
                      StageActivities.class,
                      a -> a.prepare(theRun(), chosen.set(), component.name()),
                      made -> made.isEmpty() ? "all was there" : String.join("; ", made)));
    }
  }

  @Override
  Forecaster legs(Forecaster earlier) {
    return earlier.copies("staging and verifying");
  }
}
