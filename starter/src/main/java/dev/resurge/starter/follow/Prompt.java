package dev.resurge.starter.follow;

import dev.resurge.workflows.model.Status;

/** Something a person here is being asked. */
sealed interface Prompt permits PlanPrompt, ChoicePrompt {
  /** What stands before the cursor. */
  String text();

  /** Whether the run still wants to know. */
  boolean stillAsked(Status status);
}
