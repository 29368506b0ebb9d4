package dev.resurge.starter.runs;

import dev.resurge.workflows.model.DecisionAnswer;

/** What became of an answer that was sent to a run. */
public sealed interface Delivery {
  /** The run took it and said what it makes of it. */
  record Answered(DecisionAnswer answer) implements Delivery {}

  /** The run took it, but has not said yet what it makes of it. */
  record Accepted() implements Delivery {}

  /** No worker answered: Temporal keeps it, and a worker will take it when one is back. */
  record Recorded() implements Delivery {}
}
