package dev.resurge.activities.spi;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what cannot be waited for otherwise: asks again and again until a deadline. */
public final class Poll {
  private Poll() {}

  /**
   * Asks until {@code condition} holds or {@code limit} is over; at least once.
   *
   * @return whether it held
   * @throws CancellationException if the thread is interrupted
   */
  public static boolean until(Duration limit, Duration pause, BooleanSupplier condition) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      var left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(Math.min(left, pause.toNanos()));
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted while waiting");
      }
    }
    return true;
  }

  /**
   * The same for an attempt.
   *
   * @throws CancellationException if the attempt is cancelled or the thread interrupted
   */
  public static boolean until(
      Attempt attempt, Duration limit, Duration pause, BooleanSupplier condition) {
    return until(
        limit,
        pause,
        () -> {
          attempt.checkCancelled();
          return condition.getAsBoolean();
        });
  }
}
