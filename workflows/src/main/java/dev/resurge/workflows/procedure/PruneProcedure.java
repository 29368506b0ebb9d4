package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.PruneInput;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Verdict;
import io.temporal.workflow.WorkflowInit;
import java.util.Optional;

/**
 * load runbook → preflight → decide which sets stay → remove the others → sweep → retained copies →
 * evidence.
 */
public final class PruneProcedure extends Conducted implements Prune {
  private final PruneInput input;
  private final Pruner pruner;

  @WorkflowInit
  public PruneProcedure(PruneInput input) {
    super(Procedure.PRUNE, input);
    this.input = input;
    this.pruner = new Pruner(this, input.dryRun(), true);
  }

  @Override
  public RunResult run(PruneInput same) {
    return conduct(
        input,
        () -> {
          preflight(Optional.empty(), Intent.READ);
          pruner.prune();
        });
  }

  @Override
  String summary(Verdict verdict, Optional<RunEnded> ended) {
    return ended
        .map(e -> pruner.summary() + " Then it ended: " + e.failure().message())
        .orElseGet(pruner::summary);
  }
}
