package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.StagedCopy;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Building and proving the restored copy beside the live data. Nothing here touches live data. */
@ActivityInterface
public interface StageActivities {
  /**
   * Restores one component beside the live one. Ends what earlier attempts left; reuses a copy that
   * was marked complete for this manifest, else begins afresh. Heartbeats bytes.
   */
  @ActivityMethod
  StagedCopy stage(Run run, SetId set, String component);

  /**
   * Makes what the component needs around it where nothing is, such as roles without passwords.
   *
   * @return what was made, one line each; empty if all was there
   */
  @ActivityMethod
  List<String> prepare(Run run, SetId set, String component);

  /**
   * Takes what an earlier run's restore replaced as the copy that is to be swapped in. It is no
   * leftover of this run: discarding gives it back as it was.
   */
  @ActivityMethod
  StagedCopy adopt(Run run, RunId of, String component);

  /** Counts the staged copy again and compares it with the set's fingerprint. */
  @ActivityMethod
  List<CheckResult> verifyStaged(Run run, SetId set, StagedCopy copy);

  /** Asks the runbook's own checks of the staged copies. */
  @ActivityMethod
  List<CheckResult> checkStaged(Run run, List<StagedCopy> copies);

  /** Removes everything that this run staged for the component and that carries its marker. */
  @ActivityMethod
  void discardStaged(Run run, String component);

  /** The names of all that this run staged for the component and that is still there. */
  @ActivityMethod
  List<String> stillStaged(Run run, String component);

  /**
   * Brings the run's tables or files of one component back, in a place of their own or beside what
   * they replace. Twice equals once.
   */
  @ActivityMethod
  BroughtPart bringPart(Run run, SetId set, String component);

  /** Reads every artifact of a component back: checksum, decoding, listing. For Verify. */
  @ActivityMethod
  List<CheckResult> verifyArtifacts(Run run, SetId set, String component);

  /** Writes beside the set that it was found whole. */
  @ActivityMethod
  void markVerified(Run run, SetId set);

  /** Writes beside the set that it must not be chosen as latest any more. */
  @ActivityMethod
  void markBad(Run run, SetId set, String why);
}
