package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Runbook;
import java.util.List;

/**
 * What the child that holds the data lock is to swap in.
 *
 * @param notifies whether the installation tells anybody anything
 */
public record CutOverRequest(
    Run run, Runbook runbook, Plan plan, List<StagedCopy> copies, boolean notifies) {
  public CutOverRequest {
    copies = List.copyOf(copies);
  }
}
