package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CaptureActivities;
import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Verdict;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Optional;

/**
 * load runbook → preflight → capture and commit → compare with the set before → prune → evidence.
 */
public final class BackupProcedure extends Conducted implements Backup {
  private final BackupInput input;

  @WorkflowInit
  public BackupProcedure(BackupInput input) {
    super(
        Procedure.BACKUP,
        input.runbook(),
        input.requester(),
        input.reason(),
        Optional.empty(),
        Scope.WHOLE);
    this.input = input;
  }

  @Override
  public RunResult run(BackupInput same) {
    return conduct(
        input,
        () -> {
          preflight(Optional.empty(), Intent.CAPTURE);
          capture();
          compareWithPrevious();
          prune();
        });
  }

  private void capture() {
    phase("capturing");
    parking(
            "capture",
            List.of(),
            () -> SafeCapture.run(this, input.kind(), input.labels(), everything()))
        .ifPresent(this::about);
  }

  private List<SetDraft.Source> everything() {
    return components().stream().map(c -> SetDraft.Source.live(c.name())).toList();
  }

  private void compareWithPrevious() {
    phase("comparing");
    var made = draft().set().orElseThrow().set();
    var comparison =
        steps()
            .step("compare with previous set")
            .ask(CaptureActivities.class, a -> a.compare(theRun(), made));
    draft().notes().addAll(comparison.remarks());
  }

  /** The set is made, whatever becomes of the older ones. */
  private void prune() {
    if (runbook().spec().retention().isPresent()) {
      orNote("prune", () -> new Pruner(this, false, false).prune());
    }
  }

  @Override
  String summary(Verdict verdict, Optional<RunEnded> ended) {
    return ended
        .map(e -> "No set was made: " + e.failure().message())
        .orElseGet(() -> draft().set().map(BackupProcedure::sentence).orElse("No set was made."));
  }

  private static String sentence(SetSummary made) {
    return "Set "
        + made.set()
        + " holds "
        + made.raw().human()
        + " ("
        + made.stored().human()
        + " stored) as of "
        + made.recoveryPoint()
        + ".";
  }
}
