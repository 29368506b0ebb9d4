package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Standing;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** What is found of cut overs that never wrote how they ended. Nothing here changes anything. */
@ActivityInterface
public interface SettleActivities {
  /**
   * The runs whose journals are unsettled, oldest first.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code SetForged} for a journal that is
   *     not believed
   */
  @ActivityMethod
  List<RunId> unsettled(Run run);

  /**
   * Reads a run's journal and compares it with the world. A world that somebody else changed is
   * described, not thrown.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code RunUnknown} if it has no journal;
   *     {@code RunbookInvalid} if today's runbook lacks what it names
   */
  @ActivityMethod
  Standing whereItStands(Run run, RunId journal);
}
