package dev.resurge.activities.step;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.TransferProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How many backups this worker makes at once: each has sessions, programs and compressors, and a
 * night begins with all of them. A backup waits at its preflight, where it holds no lock and has
 * stopped nothing. What it has begun goes on, turn or not; restores ask for none.
 */
public final class Turns {
  /** A turn that nothing is done in for so long is over: its run was ended, or waits for people. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration FOR_EVER = Duration.ofDays(7);

  private final int atOnce;
  private final LongSupplier nanoClock;
  private final Map<RunId, Turn> taken = new HashMap<>();

  private record Turn(int working, long since) {}

  /** So many at once. */
  public Turns(int atOnce) {
    this(atOnce, System::nanoTime);
  }

  Turns(int atOnce, LongSupplier nanoClock) {
    this.atOnce = atOnce;
    this.nanoClock = nanoClock;
  }

  /**
   * Waits until it is a backup's turn, heartbeating; of other runs nothing is asked.
   *
   * @throws java.util.concurrent.CancellationException if the attempt was cancelled
   */
  void await(Attempt attempt) {
    if (attempt.run().procedure() != Procedure.BACKUP || take(attempt.run().id())) {
      return;
    }
    attempt.progress(new TransferProgress("waiting for its turn: other backups go on", 0, 0));
    Poll.until(attempt, FOR_EVER, LOOK, () -> take(attempt.run().id()));
  }

  /** Whether it is that run's turn now. */
  synchronized boolean take(RunId run) {
    var now = nanoClock.getAsLong();
    taken.values().removeIf(turn -> turn.working() == 0 && now - turn.since() > IDLE.toNanos());
    if (!taken.containsKey(run) && taken.size() >= atOnce) {
      return false;
    }
    taken.putIfAbsent(run, new Turn(0, now));
    return true;
  }

  /** Does a part of a run's work; its turn is not over before that is done. */
  <T> T during(Run run, Supplier<T> work) {
    change(run.id(), 1);
    try {
      return work.get();
    } finally {
      change(run.id(), -1);
    }
  }

  private synchronized void change(RunId run, int by) {
    taken.computeIfPresent(run, (id, turn) -> new Turn(turn.working() + by, nanoClock.getAsLong()));
  }

  /** The run's turn is over. */
  synchronized void giveBack(Run run) {
    taken.remove(run.id());
  }
}
