package dev.resurge.workflows.activity;

import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Run;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The last thing every run does. */
@ActivityInterface
public interface EvidenceActivities {
  /**
   * Signs and writes the report as JSON, Markdown and HTML. If the store is away three times in a
   * row, it is written to the worker's own state folder instead and the answer says so.
   *
   * @return where it lies, without its ending
   */
  @ActivityMethod
  String writeEvidence(Run run, Evidence evidence);
}
