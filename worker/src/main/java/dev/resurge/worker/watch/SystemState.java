package dev.resurge.worker.watch;

import dev.resurge.workflows.readiness.LastRun;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.runbook.Runbook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one system stands, as the last look found it. Where that look failed, what is told of the
 * store is what the last look that did not fail saw there, judged anew: a set grows older also
 * while nobody can see it.
 *
 * @param lookedAt when the last look ended, failed or not
 * @param runbook as it was read last without an error; empty if it never was
 * @param readiness empty until a look has succeeded
 * @param recoveryPoint the moment that the newest good set's data is of
 * @param lastRuns how the newest run of each procedure ended
 * @param unseen why the last look failed, for people; empty if it did not
 * @param shortfalls in what it falls short, and since when: a moment from the data itself where
 *     there is one (a set became too old at that moment), else when it was noticed first
 */
public record SystemState(
    String system,
    Instant lookedAt,
    Optional<Runbook> runbook,
    Optional<Readiness> readiness,
    Optional<Instant> recoveryPoint,
    List<LastRun> lastRuns,
    Optional<String> unseen,
    Map<Shortfall, Instant> shortfalls) {
  public SystemState {
    lastRuns = List.copyOf(lastRuns);
    shortfalls = Map.copyOf(shortfalls);
  }

  /** Since when it falls short in that; empty if it does not. */
  public Optional<Instant> since(Shortfall shortfall) {
    return Optional.ofNullable(shortfalls.get(shortfall));
  }
}
