package dev.resurge.workflows.activity;

import dev.resurge.workflows.forecast.Paces;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.runbook.Runbook;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.Optional;

/** What is looked at before anything is done. Nothing here changes a target. */
@ActivityInterface
public interface PrepareActivities {
  /**
   * Reads the runbook of that system from the runbook folder, and from the evidence of earlier runs
   * what such a run takes.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code RunbookUnknown}, {@code
   *     RunbookInvalid} with all its errors
   */
  @ActivityMethod
  Loaded load(String system, Procedure procedure);

  /**
   * Finds all that would make the run fail or surprise: reachability, versions, rights, room,
   * store, workloads, clocks, owners, unsettled journals, the chosen set.
   *
   * @param set what is to be read
   * @param intent what is about to be done with the targets
   */
  @ActivityMethod
  List<Finding> preflight(Run run, Optional<SetId> set, Intent intent);

  /**
   * Looks again, now that the data lock is held: data in mid-cut-over is neither captured nor
   * swapped.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code JournalUnsettled}
   */
  @ActivityMethod
  void requireSettled(Run run);

  /**
   * Resolves {@code latest} or a set id to a committed set whose signature holds, and claims it for
   * the run so that nothing removes it meanwhile.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code SetUnknown}, {@code SetForged},
   *     {@code FormatUnknown}
   */
  @ActivityMethod
  SetSummary chooseSet(Run run, String set);

  /**
   * Runs of the same procedure that claimed a set and never gave it up. The procedure's lock is
   * held by this run, so they are over: terminated, or lost with Temporal.
   */
  @ActivityMethod
  List<RunId> interrupted(Run run);

  /** Gives up the run's claim on the set; does nothing if there is none. */
  @ActivityMethod
  void releaseSet(Run run, SetId set);

  /** Looks at targets and set and writes down what a restore would do. */
  @ActivityMethod
  Plan plan(Run run, SetId set, String nonce);

  /**
   * The same for going back to the data that an earlier run's restore replaced.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code SetUnknown} if nothing of that run
   *     is kept, naming what is
   */
  @ActivityMethod
  Plan planFromRetained(Run run, RunId of, String nonce);

  /**
   * A runbook as it was read.
   *
   * @param digest sha256 of the text, in hex
   * @param notifies whether the installation tells anybody anything
   * @param paces what earlier runs took; none where that cannot be read
   */
  record Loaded(
      Runbook runbook,
      String text,
      String digest,
      String installation,
      String version,
      boolean notifies,
      Paces paces) {
    public Loaded {
      paces = paces == null ? Paces.NONE : paces;
    }
  }
}
