package dev.resurge.starter.follow;

import dev.resurge.starter.runs.RunState;
import dev.resurge.workflows.model.RunResult;

/** How following a run came to its end. */
public sealed interface Followed {
  /** The run ended. */
  record Ended(RunState state, RunResult result) implements Followed {}

  /** The run goes on without this command. */
  record Left(RunState state) implements Followed {}
}
