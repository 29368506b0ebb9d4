package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.CapturedComponent;
import dev.resurge.workflows.model.Comparison;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Making a set. Until it is committed, a set does not exist for anybody. */
@ActivityInterface
public interface CaptureActivities {
  /**
   * Streams one component into the set, beginning afresh on every attempt. Heartbeats bytes.
   *
   * @param from the retained copy to read instead of the live data
   */
  @ActivityMethod
  CapturedComponent capture(Run run, SetId set, String component, Optional<String> from);

  /** Writes runbook.yaml and RESTORE.md, then the signed manifest. Twice equals once. */
  @ActivityMethod
  SetSummary commit(Run run, Commit commit);

  /** Puts a committed set beside the one before it. */
  @ActivityMethod
  Comparison compare(Run run, SetId set);

  /** Removes what an uncommitted set left in the store; refuses to touch a committed one. */
  @ActivityMethod
  void discard(Run run, SetId set);

  /** What a commit says of the set. */
  record Commit(
      SetId set,
      SetKind kind,
      Map<String, String> labels,
      Instant captureStarted,
      List<CapturedComponent> components) {}
}
