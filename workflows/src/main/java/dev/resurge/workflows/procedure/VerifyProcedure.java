package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.model.VerifyInput;
import dev.resurge.workflows.model.VerifyInput.Level;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * choose set → preflight → the rules → read every artifact back → (at level restore) try it →
 * evidence; a set that is damaged is marked bad.
 */
public final class VerifyProcedure extends Conducted implements Verify {
  private final VerifyInput input;
  private final Rulings rulings = new Rulings(this);
  private final DataDrill drill = new DataDrill(this);
  private boolean damaged;

  @WorkflowInit
  public VerifyProcedure(VerifyInput input) {
    super(Procedure.VERIFY, input);
    this.input = input;
  }

  @Override
  public RunResult run(VerifyInput same) {
    return conduct(
        input,
        () -> {
          var restores = input.level() == Level.RESTORE;
          var chosen = rulings.choose(input.set());
          preflight(Optional.of(chosen.set()), restores ? Intent.STAGE : Intent.READ);
          rulings.judge(Optional.of(chosen.set()));
          readBack(chosen);
          if (restores && !damaged) {
            drill.run(chosen);
          }
          if (!damaged && (!restores || drill.passed())) {
            markVerified(chosen);
          }
        });
  }

  private void readBack(SetSummary chosen) {
    phase("verifying");
    var results = new ArrayList<CheckResult>();
    for (var component : chosen.components()) {
      parking("verify " + component, List.of(), () -> readBack(chosen, component))
          .ifPresent(results::addAll);
    }
    draft().checks().addAll(results);
    Checks.failed(results).ifPresent(failed -> damaged(chosen, failed));
  }

  private List<CheckResult> readBack(SetSummary chosen, String component) {
    return steps()
        .step("verify", component)
        .ask(
            StageActivities.class,
            a -> a.verifyArtifacts(theRun(), chosen.set(), component),
            Checks::words);
  }

  private void damaged(SetSummary chosen, CheckResult failed) {
    var why = failed.check() + ": " + failed.actual();
    damaged = true;
    draft().flawed(Verdict.FAIL_INTEGRITY, why);
    DataDrill.markBad(this, chosen, why);
  }

  @Override
  void cleanUp() {
    drill.tearDown();
  }

  @Override
  String summary(Verdict verdict, Optional<RunEnded> ended) {
    var name = draft().set().map(s -> "Set " + s.set()).orElse("The set");
    return ended
        .map(e -> name + " could not be verified: " + e.failure().message())
        .orElseGet(() -> told(verdict, name));
  }

  private String told(Verdict verdict, String name) {
    var flaws = String.join("; ", draft().flaws()) + rulings.words();
    if (damaged) {
      return name + " is damaged and was marked bad: " + flaws;
    }
    var whole = name + " is whole: every byte is what its manifest says.";
    return switch (verdict) {
      case PASS -> whole + drill.words() + rulings.words();
      case FAIL_OBJECTIVE -> whole + " An objective is missed." + drill.words() + rulings.words();
      default -> name + " did not pass: " + flaws;
    };
  }
}
