package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps two attempts from renaming in one directory at once: one may be a zombie that looked at the
 * world before the other changed it. The kernel gives the lock back when its holder dies.
 */
final class DirectoryLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private final NativeCalls system;
  private final int descriptor;

  private DirectoryLock(NativeCalls system, int descriptor) {
    this.system = system;
    this.descriptor = descriptor;
  }

  /**
   * Locks {@code directory}. Where the file system has no such locks (some network ones), goes on
   * without: Temporal's own locks stand before this one.
   *
   * @throws ResurgeException {@code TargetBusy} if another holds it for ten seconds
   */
  static DirectoryLock take(NativeCalls system, Path directory) {
    int descriptor = system.open(directory);
    if (descriptor < 0) {
      throw new ResurgeException(
          ErrorType.RIGHTS_MISSING,
          "cannot open the directory " + directory + " to rename in it: errno " + -descriptor);
    }
    var lock = new DirectoryLock(system, descriptor);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (system.lock(descriptor) == NativeCalls.EWOULDBLOCK) {
      if (System.nanoTime() > deadline) {
        lock.close();
        throw new ResurgeException(
            ErrorType.TARGET_BUSY,
            "another process held the lock on " + directory + " for " + PATIENCE.toSeconds() + " s");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return lock;
  }

  @Override
  public void close() {
    system.close(descriptor);
  }
}
