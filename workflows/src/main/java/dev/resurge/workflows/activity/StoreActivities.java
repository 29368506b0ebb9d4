package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.SetChanges;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.rules.StoreFacts;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.Map;
import java.util.Optional;

/** What there is in the store, and what a new set would add. Reads no artifact. */
@ActivityInterface
public interface StoreActivities {
  /** The label of a set whose value is {@link #configurationDigest}. */
  String CONFIGURATION_LABEL = "config-digest";

  /**
   * What the rules about sets need to know.
   *
   * @param about the set that the run is about, if there is one
   */
  @ActivityMethod
  StoreFacts storeFacts(Run run, Optional<SetId> about);

  /**
   * A digest of the files that the runbook names under {@code backup.changedWhen}: of their names
   * and contents.
   *
   * @return empty if it names none
   */
  @ActivityMethod
  Optional<String> configurationDigest(Run run);

  /**
   * Compares runbook and labels with the newest good set of that kind (and schedule): the digest of
   * the configuration and the commit.
   */
  @ActivityMethod
  SetChanges changes(Run run, SetKind kind, Map<String, String> labels);
}
