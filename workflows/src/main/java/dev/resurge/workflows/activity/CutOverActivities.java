package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;

/**
 * The seconds in which a system is down, and the way back. Every operation compares the world with
 * the swap first, so that running it twice equals running it once.
 */
@ActivityInterface
public interface CutOverActivities {
  /** Works out the swap of a staged copy from what the plan and the world say. */
  @ActivityMethod
  Swap swapFor(Run run, dev.resurge.workflows.model.Plan plan, StagedCopy copy);

  /** Puts a numbered, signed entry; the same entry again is accepted, another one is not. */
  @ActivityMethod
  void journal(JournalEntry entry, String system, Run run);

  /**
   * Where the world stands with a swap.
   *
   * @return never {@code CHANGED}: that is thrown as {@code TargetChanged} with what was found
   */
  @ActivityMethod
  Position position(Run run, Swap swap);

  /** The names of the workloads that run now: what somebody stopped on purpose is not started. */
  @ActivityMethod
  List<String> running(Run run);

  /** Stops all workloads and proves that they are stopped. */
  @ActivityMethod
  void quiesce(Run run);

  /** Blocks and ends connections, then swaps. */
  @ActivityMethod
  void swap(Run run, Swap swap);

  /** Starts the workloads of those names. */
  @ActivityMethod
  void resume(Run run, List<String> workloads);

  /**
   * Asks the runbook's checks of the live system until all pass or their time is over.
   *
   * @param resumed when the workloads were started, for checks that look at logs since then
   */
  @ActivityMethod
  List<CheckResult> checkHealth(Run run, Instant resumed);

  /** Makes the old data live again; puts the rejected copy aside. */
  @ActivityMethod
  void swapBack(Run run, Swap swap);

  /** After healthy: the new target becomes its predecessor's heir, the old data a retained copy. */
  @ActivityMethod
  Retained retain(Run run, Swap swap);

  /** After a swap-back: what became of the rejected copy. */
  @ActivityMethod
  List<Retained> rejected(Run run, List<Swap> swaps);
}
