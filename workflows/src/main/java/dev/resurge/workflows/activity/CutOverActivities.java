package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The seconds in which a system is down, and the way back. Every operation compares the world with
 * the swap first, so that running it twice equals running it once.
 */
@ActivityInterface
public interface CutOverActivities {
  /** Works out the swap of a staged copy from what the plan and the world say. */
  @ActivityMethod
  Swap swapFor(Run run, Plan plan, StagedCopy copy);

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

  /**
   * After healthy: the new target becomes its predecessor's heir, the old data a retained copy.
   *
   * @return empty if there was no old data
   */
  @ActivityMethod
  Optional<Retained> retain(Run run, Swap swap);

  /**
   * Compares every target with the plan's identities, before anything is stopped.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code TargetChanged}
   */
  @ActivityMethod
  void requireAsPlanned(Run run, Plan plan);

  /**
   * In place, on the way back: whether the component's live data is still what the plan found; then
   * it can be used again, whatever removing it had begun with.
   */
  @ActivityMethod
  boolean reopen(Run run, Plan plan, String component);

  /**
   * In place, on the way back: removes what this run loaded for the component, the copy that bears
   * the live name too. Never the data that the plan found.
   *
   * @param placed the swaps that were under way for it, if any
   */
  @ActivityMethod
  void removeRejected(Run run, String component, List<Swap> placed);

  /**
   * Removes live data to make room, where a restore in place was approved and a safety set of it is
   * committed; does nothing if nothing bears the name any more.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code TargetChanged} if something else
   *     than planned bears it; {@code SetCorrupt} if the safety set does not hold it
   */
  @ActivityMethod
  void removeLive(Run run, Plan plan, SetId safetySet, String component);

  /**
   * Removes a retained copy once a set that was captured from it is committed; does nothing if it
   * is gone.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code SetUnknown} if {@code capturedIn}
   *     does not hold it
   */
  @ActivityMethod
  void removeRetained(Run run, Retained copy, SetId capturedIn);

  /** After a swap-back: what became of the rejected copy. */
  @ActivityMethod
  List<Retained> rejected(Run run, List<Swap> swaps);
}
