package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.forecast.Forecaster;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Plan.ComponentPlan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetLabels;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.runbook.RestoreSettings.Safety;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings a set back. Nothing live is touched until a restored copy stands beside it, verified, and
 * people have approved exactly this plan; where there is no room for a copy, until a safety set
 * holds what is removed.
 */
public final class RestoreProcedure extends Restoring implements Restore {
  private final RestoreInput input;

  @WorkflowInit
  public RestoreProcedure(RestoreInput input) {
    super(Procedure.RESTORE, input);
    this.input = input;
  }

  @Override
  public RunResult run(RestoreInput same) {
    return conduct(
        input, () -> input.fromRetained().ifPresentOrElse(this::goBackTo, this::fromSet));
  }

  private void fromSet() {
    var chosen = chooseSet(input.set());
    preflight(Optional.of(chosen.set()), input.scope().partial() ? Intent.STAGE : Intent.REPLACE);
    approvals().ask(plan(chosen));
    if (input.scope().partial()) {
      bringParts(chosen);
    } else {
      restore(chosen);
    }
  }

  private void restore(SetSummary chosen) {
    if (approvals().plan().inPlace()) {
      approvals().await();
      HookSteps.run(this, runbook().spec().hooks().beforeCutOver(), false);
      cutOver().run("Overwrite", List.of());
    } else {
      safetyBackup();
      copies().build(chosen.set(), approvals()::voidBecause);
      swap();
    }
    afterwards();
    proved(chosen);
  }

  /** The data that an earlier restore replaced becomes the live data again. */
  private void goBackTo(RunId from) {
    preflight(Optional.empty(), Intent.REPLACE);
    phase("planning");
    approvals()
        .ask(
            steps()
                .step("plan")
                .ask(
                    PrepareActivities.class,
                    a -> a.planFromRetained(theRun(), from, Conversation.newCode(8)),
                    Plan::code)
                .saying(warnings(List.of())));
    safetyBackup();
    copies().adopt(from, approvals()::voidBecause);
    swap();
    afterwards();
  }

  @Override
  Forecaster legs(Forecaster earlier) {
    var plan = people().desk().plan();
    if (plan.isEmpty() || input.scope().partial()) {
      return earlier;
    }
    if (plan.get().inPlace()) {
      return earlier.overwrite("downtime");
    }
    if (runbook().spec().restore().safety() != Safety.AFTER && !plan.get().rebuilds()) {
      earlier.capture("safety backup");
    }
    if (input.fromRetained().isEmpty()) {
      earlier.copies("staging and verifying");
    }
    return plan.get().rebuilds() ? earlier : earlier.swap("downtime");
  }

  private void swap() {
    approvals().await();
    HookSteps.run(this, runbook().spec().hooks().beforeCutOver(), false);
    cutOver().run("CutOver", copies().all());
  }

  private void afterwards() {
    HookSteps.run(this, runbook().spec().hooks().afterRestore(), true);
    manualChecks(wayBack());
    safetyAfter();
  }

  /** Single tables or files: the live data gets something beside it and loses nothing. */
  private void bringParts(SetSummary chosen) {
    approvals().await();
    phase("bringing back");
    copies().expectLeftovers();
    for (var component : components()) {
      parking(
              "bringing back " + component.name(),
              List.of(),
              () ->
                  steps()
                      .step("bring back", component.name())
                      .ask(
                          StageActivities.class,
                          a -> a.bringPart(theRun(), chosen.set(), component.name()),
                          part -> String.join("; ", part.what()) + " in " + part.where()))
          .ifPresent(draft().parts()::add);
    }
    draft().clocks().healthy = Optional.of(people().now());
  }

  /** What was replaced is kept beside the live data, or only in the safety set. */
  private String wayBack() {
    var restore = "./resurge restore " + theRun().system();
    return draft().retained().isEmpty()
        ? draft().safetySet().map(safety -> restore + " --set " + safety.set()).orElse(otherSets())
        : restore + " --from-retained " + theRun().id();
  }

  private void safetyBackup() {
    var there =
        approvals().plan().components().stream().filter(c -> c.target().isPresent()).toList();
    if (there.isEmpty() || runbook().spec().restore().safety() == Safety.AFTER) {
      return;
    }
    phase("safety backup");
    var sources = there.stream().map(ComponentPlan::component).map(SetDraft.Source::live).toList();
    parking(
            "safety backup",
            List.of("skip"),
            () ->
                SafeCapture.run(
                    this,
                    SetKind.SAFETY,
                    Map.of(SetLabels.BEFORE_RESTORE, theRun().id().value()),
                    sources))
        .ifPresentOrElse(
            draft()::safetySet,
            () ->
                approvals()
                    .renewWith(
                        "no safety backup: the live data could not be captured; it is still kept as"
                            + " the retained copy"));
  }

  /** The data that was replaced goes into a set, and then away: there is room again. */
  private void safetyAfter() {
    var kept = draft().retained();
    if (runbook().spec().restore().safety() != Safety.AFTER || kept.isEmpty()) {
      return;
    }
    if (draft().isFlawed()) {
      draft().notes().add("the retained copies are kept: something after the restore failed");
      return;
    }
    phase("safety backup");
    parking("safety backup", List.of("skip"), () -> captureRetained(List.copyOf(kept)))
        .ifPresentOrElse(
            set -> {
              draft().safetySet(set);
              kept.clear();
            },
            () -> draft().notes().add("no safety set was made; the retained copies are kept"));
  }

  private SetSummary captureRetained(List<Retained> kept) {
    var set =
        SafeCapture.run(
            this,
            SetKind.SAFETY,
            Map.of(SetLabels.REPLACED_BY, theRun().id().value()),
            kept.stream().map(SetDraft.Source::of).toList());
    for (var copy : kept) {
      steps()
          .step("remove retained copy", copy.component())
          .run(CutOverActivities.class, a -> a.removeRetained(theRun(), copy, set.set()));
    }
    return set;
  }
}
