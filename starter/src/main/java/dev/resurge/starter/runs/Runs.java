package dev.resurge.starter.runs;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunResult;
import java.util.Optional;

/**
 * The runs that Temporal holds. Every method throws {@code TemporalUnavailable} within seconds when
 * Temporal does not answer.
 */
public interface Runs extends AutoCloseable {
  /**
   * Starts a procedure under its canonical id, which is its lock.
   *
   * @param input the procedure's input record
   * @param summary one line for Temporal's UI
   * @throws dev.resurge.workflows.model.ResurgeException {@code TargetBusy} if it runs already,
   *     saying since when
   */
  RunRef start(Procedure procedure, String system, Object input, String summary);

  /** The newest run of a procedure, running or ended, if Temporal still knows one. */
  Optional<RunState> find(Procedure procedure, String system);

  /**
   * How a run stands now. Returns without the run's own answer when no worker gives one in time.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code RunUnknown}
   */
  RunState look(RunRef run);

  /**
   * What an ended run answered.
   *
   * @throws dev.resurge.workflows.model.ResurgeException with the type it failed with
   */
  RunResult result(RunRef run);

  /**
   * Brings an answer to a run: as an update, and if no worker takes that in time, as a signal.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code RunUnknown} if the run is over,
   *     {@code InputInvalid} if its validator refuses the answer
   */
  Delivery answer(RunRef run, Decision decision);

  /** Asks Temporal itself to cancel; the run compensates, then ends CANCELED. */
  void cancel(RunRef run);

  /** Whether a worker has polled the task queue within the last minute or so. */
  boolean workerPolling();

  /** The task queue, for messages. */
  String taskQueue();

  @Override
  void close();
}
