package dev.resurge.starter.runs;

import dev.resurge.starter.testing.Samples;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.procedure.ChildReport;
import dev.resurge.workflows.procedure.Restore;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As small as a restore can be: waits for one answer, ends by it, and shows what came by signal.
 */
public final class StandInRestore implements Restore {
  private Optional<Decision> answer = Optional.empty();
  private final List<DecisionRecord> bySignal = new ArrayList<>();

  @Override
  public RunResult run(RestoreInput input) {
    Workflow.await(() -> answer.isPresent());
    if (answer.get().choice().filter("abort"::equals).isPresent()) {
      throw ApplicationFailure.newNonRetryableFailure("no room for the copy", "NotEnoughSpace");
    }
    return Samples.result(
        answer.get().kind() == Decision.Kind.APPROVE ? Verdict.PASS : Verdict.REJECTED);
  }

  @Override
  public Status status() {
    return Samples.status(Optional.of(Samples.plan()), Optional.empty(), bySignal);
  }

  @Override
  public DecisionAnswer answer(Decision decision) {
    if (!decision.code().equals(Samples.CODE)) {
      return new DecisionAnswer(false, "refused: this run's plan is " + Samples.CODE);
    }
    answer = Optional.of(decision);
    return new DecisionAnswer(true, "approved");
  }

  @Override
  public void validateAnswer(Decision decision) {
    if (decision.by().isBlank()) {
      throw new IllegalArgumentException("an answer says by whom it is");
    }
  }

  @Override
  public void answerBySignal(Decision decision) {
    bySignal.add(Samples.approved(decision.by()));
    answer(decision);
  }

  @Override
  public void childReport(ChildReport report) {
    throw new IllegalStateException("a stand-in has no cut over: " + report);
  }
}
