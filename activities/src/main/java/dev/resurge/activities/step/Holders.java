package dev.resurge.activities.step;

import dev.resurge.workflows.model.Holder;
import dev.resurge.workflows.model.Procedure;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks Temporal who runs under a workflow id. */
public interface Holders {
  /** Who does; an empty run id means nobody. */
  Holder describe(String workflowId);

  /** The first of these procedures that runs for a system; empty if none does. */
  default Optional<Holder> firstOf(Stream<Procedure> procedures, String system) {
    return procedures
        .map(procedure -> describe(procedure.workflowId(system)))
        .filter(holder -> holder.temporalRunId().isPresent())
        .findFirst();
  }
}
