package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Runbook;
import java.util.List;

/** What the child that holds the data lock is to swap in. */
public record CutOverRequest(Run run, Runbook runbook, Plan plan, List<StagedCopy> copies) {
  public CutOverRequest {
    copies = List.copyOf(copies);
  }
}
