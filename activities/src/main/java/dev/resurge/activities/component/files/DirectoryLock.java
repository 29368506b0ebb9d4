package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Keeps two attempts from renaming in one directory at once: one may be a zombie that looked at the
 * world before the other changed it. The kernel gives the lock back when its holder dies.
 */
final class DirectoryLock {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private final NativeCalls system;
  private final Duration patience;

  DirectoryLock(NativeCalls system) {
    this(system, PATIENCE);
  }

  DirectoryLock(NativeCalls system, Duration patience) {
    this.system = system;
    this.patience = patience;
  }

  /**
   * Runs {@code action} while {@code directory} is locked. Where the file system has no such locks
   * (some network ones), runs it without: Temporal's own locks stand before this one.
   *
   * @throws ResurgeException {@code TargetBusy} if another holds the lock for ten seconds
   */
  void during(Path directory, Runnable action) {
    int descriptor = system.open(directory);
    if (descriptor < 0) {
      throw new ResurgeException(
          ErrorType.RIGHTS_MISSING,
          "cannot open the directory " + directory + " to rename in it: errno " + -descriptor);
    }
    try {
      if (!Poll.until(patience, PAUSE, () -> system.lock(descriptor) != NativeCalls.EWOULDBLOCK)) {
        throw new ResurgeException(
            ErrorType.TARGET_BUSY,
            "another process held the lock on "
                + directory
                + " for "
                + patience.toMillis()
                + " ms");
      }
      action.run();
    } finally {
      system.close(descriptor);
    }
  }
}
