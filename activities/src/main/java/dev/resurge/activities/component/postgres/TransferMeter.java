package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.TransferProgress;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up what several streams move and says it with the attempt's heartbeats. */
final class TransferMeter {
  private final Attempt attempt;
  private final long total;
  private final AtomicLong done = new AtomicLong();

  /**
   * @param total bytes there will be about, or 0 if unknown
   */
  TransferMeter(Attempt attempt, long total) {
    this.attempt = attempt;
    this.total = total;
  }

  /** So many bytes more were moved. */
  void add(String doing, long bytes) {
    long now = done.addAndGet(bytes);
    attempt.progress(new TransferProgress(doing, now, Math.max(total, total == 0 ? 0 : now)));
  }

  /** Something else than moving bytes goes on now. */
  void say(String doing) {
    add(doing, 0);
  }
}
