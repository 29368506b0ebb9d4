package dev.resurge.scenery;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, never for times. */
public final class Await {
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private Await() {}

  /** Something that may become true. */
  public interface Condition {
    /** Whether it is true now; asking may fail for good. */
    boolean holds() throws SceneException, IOException, InterruptedException;
  }

  /**
   * Asks until the condition holds.
   *
   * @param what the condition in words, for the message: "PostgreSQL answers"
   * @throws SceneException if it does not hold within {@code limit}
   */
  public static void until(String what, Duration limit, Condition condition)
      throws SceneException, IOException, InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new SceneException("waited %d s in vain until %s".formatted(limit.toSeconds(), what));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException("while waiting until " + what);
      }
    }
  }
}
