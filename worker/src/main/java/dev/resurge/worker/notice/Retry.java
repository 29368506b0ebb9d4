package dev.resurge.worker.notice;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Tries again after pauses that double, until it works, time is up or the thread is interrupted.
 */
record Retry(Duration first, Duration longest, Duration within) {
  /** Whether it worked. */
  boolean until(BooleanSupplier work) {
    var end = System.nanoTime() + within.toNanos();
    var pause = first;
    while (!work.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted() || System.nanoTime() + pause.toNanos() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(pause.toNanos());
      var doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(longest) < 0 ? doubled : longest;
    }
    return true;
  }
}
