package dev.resurge.starter.follow;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.Status;

/**
 * Whether a plan is approved.
 *
 * @param tries how many answers are still taken
 */
record PlanPrompt(Plan plan, int tries) implements Prompt {
  @Override
  public String text() {
    return "Type the system's name, " + plan.system() + ", to approve this plan (or reject): ";
  }

  @Override
  public boolean stillAsked(Status status) {
    return status.plan().filter(p -> p.code().equals(plan.code())).isPresent()
        && status.result().isEmpty()
        && !answered(status);
  }

  /** Approved or rejected, and not asked for further approvals. */
  boolean answered(Status status) {
    var asks =
        status
            .question()
            .filter(q -> q.kind() == Question.Kind.APPROVAL)
            .filter(q -> q.code().equals(plan.code()))
            .isPresent();
    return !asks
        && status.decisions().stream()
            .anyMatch(d ->
                d.accepted() && d.kind() != Decision.Kind.DECIDE && d.code().equals(plan.code()));
  }
}
