package dev.resurge.workflows.activity;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import java.util.Optional;

/** Removing what is not needed any more. Everything may be done twice. */
@ActivityInterface
public interface PruneActivities {
  /** Gathers the facts of all sets and decides which stay. Changes nothing. */
  @ActivityMethod
  Fates decideFates(Run run);

  /**
   * Removes a set, the manifest first, if what was decided about it still holds: nobody claims it,
   * and those in whose favour it goes are there and good.
   *
   * @return why it stays after all; empty once nothing of it is left
   * @throws dev.resurge.workflows.model.ResurgeException {@code JournalUnsettled}
   */
  @ActivityMethod
  Optional<String> removeSet(Run run, SetFate fate);

  /**
   * Removes what captures that crashed and removals that were cut short left, claims that expired
   * long ago, and copies that a run has staged and could not remove when it ended. Of what goes on
   * nothing is touched.
   *
   * @param pretend only look
   */
  @ActivityMethod
  Swept sweepLeftovers(Run run, boolean pretend);

  /** The copies beside the live data that were kept for as long as the runbook says. */
  @ActivityMethod
  Expired expiredCopies(Run run);

  /**
   * What becomes of the sets.
   *
   * @param fates newest first; of very many, those that one run looks after
   * @param staying how many stay in all
   * @param more how many more are to go another time
   */
  record Fates(List<SetFate> fates, int staying, int more) {
    public Fates {
      fates = List.copyOf(fates);
    }
  }

  /**
   * What was swept.
   *
   * @param leftovers the sets whose folders had no manifest
   * @param copies beside the live data
   * @param remarks what was left alone, and why
   */
  record Swept(
      List<SetId> leftovers, int claims, List<AbandonedCopy> copies, List<String> remarks) {
    @JsonCreator
    public Swept {
      leftovers = List.copyOf(leftovers);
      copies = copies == null ? List.of() : List.copyOf(copies);
      remarks = List.copyOf(remarks);
    }
  }

  /** A copy that a run has staged and that nobody needs. */
  record AbandonedCopy(String component, RunId run, String name) {}

  /**
   * Copies that may go.
   *
   * @param remarks what was left alone, and why
   */
  record Expired(List<ExpiredCopy> copies, List<String> remarks) {
    public Expired {
      copies = List.copyOf(copies);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * A copy that may go.
   *
   * @param capturedIn the committed set that was captured from it after it was retired; while there
   *     is none it must not go
   */
  record ExpiredCopy(Retained copy, Optional<SetId> capturedIn) {}
}
