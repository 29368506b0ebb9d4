package dev.resurge.activities.step;

import dev.resurge.workflows.model.Holder;

/** Asks Temporal who runs under a workflow id. */
public interface Holders {
  /** Who does; an empty run id means nobody. */
  Holder describe(String workflowId);
}
