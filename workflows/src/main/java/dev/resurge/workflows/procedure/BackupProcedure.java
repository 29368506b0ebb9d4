package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CaptureActivities;
import dev.resurge.workflows.activity.StoreActivities;
import dev.resurge.workflows.forecast.Forecaster;
import dev.resurge.workflows.model.BackupInput;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.SetLabels;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Verdict;
import io.temporal.workflow.WorkflowInit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * load runbook → (if asked: has anything changed?) → preflight → capture and commit → compare with
 * the set before → prune → evidence.
 */
public final class BackupProcedure extends Conducted implements Backup {
  private final BackupInput input;
  private boolean unchanged;

  @WorkflowInit
  public BackupProcedure(BackupInput input) {
    super(Procedure.BACKUP, input);
    this.input = input;
  }

  @Override
  public RunResult run(BackupInput same) {
    return conduct(
        input,
        () -> {
          var labels = labels();
          if (input.ifChanged() && nothingChanged(labels)) {
            return;
          }
          preflight(Optional.empty(), Intent.CAPTURE);
          capture(labels);
          compareWithPrevious();
          prune();
        });
  }

  /**
   * Those asked for, who makes it by schedule, and what the configuration is, so that a later
   * backup can compare.
   */
  private Map<String, String> labels() {
    var labels = new TreeMap<>(input.labels());
    input.schedule().ifPresent(name -> labels.put(SetLabels.SCHEDULE, name));
    if (runbook().spec().backup().changedWhen().files().isEmpty()) {
      return labels;
    }
    phase("looking at the configuration");
    steps()
        .step("look at the configuration")
        .ask(StoreActivities.class, a -> a.configurationDigest(theRun()))
        .ifPresent(digest -> labels.put(StoreActivities.CONFIGURATION_LABEL, digest));
    return labels;
  }

  /** Then the set that still holds stands for the one that is not made. */
  private boolean nothingChanged(Map<String, String> labels) {
    phase("comparing");
    var changes =
        steps()
            .step("compare with newest set")
            .ask(
                StoreActivities.class,
                a -> a.changes(theRun(), input.kind(), labels),
                found -> found.none() ? "nothing changed" : String.join("; ", found.differences()));
    if (!changes.none()) {
      return false;
    }
    unchanged = true;
    changes.since().ifPresent(this::about);
    return true;
  }

  private void capture(Map<String, String> labels) {
    phase("capturing");
    parking("capture", List.of(), () -> SafeCapture.run(this, input.kind(), labels, everything()))
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
  Forecaster legs(Forecaster earlier) {
    return earlier.capture("capture");
  }

  @Override
  String summary(Verdict verdict, Optional<RunEnded> ended) {
    return ended
        .map(e -> "No set was made: " + e.failure().message())
        .orElseGet(() -> draft().set().map(this::sentence).orElse("No set was made."));
  }

  private String sentence(SetSummary made) {
    if (unchanged) {
      return "Nothing changed since set " + made.set() + "; no set was made.";
    }
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
