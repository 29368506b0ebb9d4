package dev.resurge.starter.stack;

import java.util.function.Consumer;

/** Temporal and a worker of this installation, which go on when the command has ended. */
public interface Stack {
  /** How it stands; asks both, within seconds. */
  StackState state();

  /**
   * Starts what does not run and waits until it is ready. A Temporal that answers already is used
   * as it is; one that is elsewhere is never started.
   *
   * @param progress told of what takes a while
   * @throws dev.resurge.workflows.model.ResurgeException {@code TemporalUnavailable}, {@code
   *     WorkerMissing} with the last words of what did not come up, {@code ProgramMissing}, {@code
   *     ConfigurationInvalid} if a port is taken or unknown
   */
  StackState up(Consumer<String> progress);

  /**
   * Ends what {@link #up} started, the worker first: it takes no more work and lets what must not
   * be left half-way come to its end. What is not ours stays.
   */
  StackState down(Consumer<String> progress);
}
