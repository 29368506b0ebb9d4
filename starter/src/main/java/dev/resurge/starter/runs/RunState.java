package dev.resurge.starter.runs;

import dev.resurge.workflows.model.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a run stands, as far as can be told.
 *
 * @param started when Temporal started it
 * @param closed when it ended
 * @param temporalStatus Temporal's word, such as {@code running} or {@code completed}
 * @param phase the search attribute {@code ResurgePhase}, which is there without a worker
 * @param status the run's own answer; empty if no worker gave one
 * @param worker whether a worker answered, or none polls
 */
public record RunState(
    RunRef ref,
    Instant started,
    Optional<Instant> closed,
    String temporalStatus,
    Optional<String> phase,
    Optional<Status> status,
    List<Transfer> transfers,
    Worker worker) {
  /** Whether anybody works on it. */
  public enum Worker {
    /** It answered the query. */
    ANSWERS,
    /** One polls, or did a minute ago, but did not answer in time. */
    SILENT,
    /** None polls the task queue. */
    MISSING
  }

  public RunState {
    transfers = List.copyOf(transfers);
  }

  /** Whether it has ended. */
  public boolean ended() {
    return closed.isPresent();
  }

  /** The same, with an older answer in place of none. */
  public RunState withStatus(Optional<Status> known) {
    return new RunState(ref, started, closed, temporalStatus, phase, known, transfers, worker);
  }
}
