package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.StageActivities;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.model.VerifyInput;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;

/** choose set → read every artifact back → evidence; a set that fails is marked bad. */
public final class VerifyProcedure extends Conducted implements Verify {
  private final VerifyInput input;

  @WorkflowInit
  public VerifyProcedure(VerifyInput input) {
    super(
        Procedure.VERIFY,
        input.runbook(),
        input.requester(),
        input.reason(),
        Optional.empty(),
        Scope.WHOLE);
    this.input = input;
  }

  @Override
  public RunResult run(VerifyInput same) {
    return conduct(
        input,
        () -> {
          var chosen = chooseSet(input.set());
          preflight(Optional.of(chosen.set()), Intent.READ);
          readBack(chosen);
          judge(chosen);
        });
  }

  private void readBack(SetSummary chosen) {
    phase("verifying");
    for (var component : chosen.components()) {
      parking("verify " + component, List.of(), () -> readBack(chosen, component))
          .ifPresent(draft().checks()::addAll);
    }
  }

  private List<CheckResult> readBack(SetSummary chosen, String component) {
    return steps()
        .step("verify", component)
        .ask(
            StageActivities.class,
            a -> a.verifyArtifacts(theRun(), chosen.set(), component),
            Checks::words);
  }

  private void judge(SetSummary chosen) {
    var failed = draft().checks().stream().filter(c -> !c.passed()).toList();
    if (failed.isEmpty()) {
      markVerified(chosen);
      return;
    }
    var why = failed.getFirst().check() + ": " + failed.getFirst().actual();
    steps()
        .step("mark set bad")
        .run(StageActivities.class, a -> a.markBad(theRun(), chosen.set(), why));
    draft().flawed(Verdict.FAIL_INTEGRITY, why);
  }

  @Override
  String summary(Verdict verdict, Optional<RunEnded> ended) {
    var name = draft().set().map(s -> "Set " + s.set()).orElse("The set");
    return ended
        .map(e -> name + " could not be verified: " + e.failure().message())
        .orElseGet(() ->
            verdict == Verdict.FAIL_INTEGRITY
                ? name + " is damaged and was marked bad: " + draft().notes().getLast()
                : name + " is whole: every byte is what its manifest says.");
  }
}
