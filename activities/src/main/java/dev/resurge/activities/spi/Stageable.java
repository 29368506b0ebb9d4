package dev.resurge.activities.spi;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import java.util.List;
import java.util.Optional;

/**
 * A driver whose data can be built beside the live data and swapped in.
 *
 * @param <C> its record in the runbook
 */
public interface Stageable<C extends Component> extends ComponentDriver<C> {
  /** Marks the live target as its owner's; does nothing if it is marked so already. */
  void mark(Attempt attempt, C component, Owner owner);

  /**
   * Makes what the component needs around it where nothing is, such as roles; one line for each
   * thing made.
   */
  List<String> prepare(Attempt attempt, C component, ComponentManifest manifest);

  /**
   * Builds the restored copy beside the live data, marked as ours from its first moment, complete
   * when this returns. Ends and removes first what earlier attempts of this run left; reuses a copy
   * that is marked complete for {@code manifestSha256}.
   */
  StagedCopy stage(
      Attempt attempt,
      C component,
      ComponentManifest manifest,
      String manifestSha256,
      ArtifactReader set);

  /** Counts the copy again and compares it with the manifest's fingerprint and facts. */
  List<CheckResult> verifyStaged(
      Attempt attempt,
      C component,
      ComponentManifest manifest,
      ArtifactReader set,
      StagedCopy copy);

  /**
   * Takes a retained copy as the one that is to be swapped in. {@code discard} gives it back as it
   * was, and never removes it.
   */
  StagedCopy adopt(Attempt attempt, C component, Retained retained);

  /**
   * Names what is to bear which name, from the identities planned. Changes nothing.
   *
   * @param live what bears the live name; empty if nothing does
   * @param predecessor whose heir the copy will be
   */
  Swap swapFor(
      Attempt attempt,
      C component,
      Optional<TargetIdentity> live,
      TargetIdentity predecessor,
      StagedCopy copy);

  /** Where the world stands; {@code CHANGED} if nowhere that a swap passes through. */
  Position position(Attempt attempt, C component, Swap swap);

  /** What is found under the swap's names, for the message when it is {@code CHANGED}. */
  String describeWorld(Attempt attempt, C component, Swap swap);

  /** Blocks and ends connections to both sides, then swaps. From BEFORE or BETWEEN to AFTER. */
  void cutOver(Attempt attempt, C component, Swap swap);

  /** From wherever {@code cutOver} got to, back to BEFORE or BACK, with the old data usable. */
  void swapBack(Attempt attempt, C component, Swap swap);

  /**
   * After healthy: marks the new live target and the retained copy, which can be captured again.
   *
   * @return empty if nothing was replaced
   */
  Optional<Retained> retain(Attempt attempt, C component, Owner owner, Swap swap);

  /** Removes what {@code run} staged and that bears its marker; never live or retained data. */
  void discard(Attempt attempt, C component);

  /** The names of all that the run has staged and that is still there. */
  List<String> staged(Attempt attempt, C component);

  /**
   * What any run has staged beside the live data and that is still there; nothing if the live data
   * is marked as somebody else's than {@code owner}'s.
   */
  List<Leftover> leftovers(Attempt attempt, C component, Owner owner);

  /** A copy that a run has staged. */
  record Leftover(RunId run, String name) {}

  /** All copies kept beside the live data, by any run. */
  List<Retained> retained(Attempt attempt, C component);

  /** Removes a retained copy, known by its identity and our marker; nothing if it is gone. */
  void remove(Attempt attempt, C component, Retained copy);

  /**
   * Removes the live data, known by its identity; nothing if nothing bears its name.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code TargetChanged} if something else
   *     bears it
   */
  void removeLive(Attempt attempt, C component, TargetIdentity live);

  /**
   * Whether the live name is borne by {@code live}; then it can be used again, whatever {@link
   * #removeLive} had begun with.
   */
  boolean reopen(Attempt attempt, C component, TargetIdentity live);
}
