package dev.resurge.starter.runs;

import dev.resurge.workflows.model.Procedure;
import java.util.Optional;

/**
 * One canonical run.
 *
 * @param temporalRunId which of the runs that ever had the workflow id; empty means the newest
 */
public record RunRef(Procedure procedure, String system, Optional<String> temporalRunId) {
  /** The newest run of that procedure. */
  public static RunRef newest(Procedure procedure, String system) {
    return new RunRef(procedure, system, Optional.empty());
  }

  /** The canonical workflow id. */
  public String workflowId() {
    return procedure.workflowId(system);
  }

  /** For people: {@code restore of library}. */
  public String describe() {
    return procedure.id() + " of " + system;
  }
}
