package dev.resurge.worker.world;

import dev.resurge.activities.spi.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A place where a run can be held: a hook or command check that runs {@link #command} says that it
 * has arrived and ends once the gate is open. Gates are open until they are shut, so that a runbook
 * can name one that a test never uses.
 */
public final class Gate {
  private static final Duration ARRIVES_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(10);

  private final Path file;

  Gate(Path file) {
    this.file = file;
  }

  /** What a hook or a check runs. */
  public List<String> command() {
    return Programs.library("pass", file);
  }

  /** Whoever comes from now on waits. */
  public Gate shut() {
    try {
      Files.writeString(file, "shut");
      Files.deleteIfExists(arrived(file));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets pass who waits. */
  public void open() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns once somebody waits before it. */
  public void awaitArrival() {
    if (!Poll.until(ARRIVES_WITHIN, LOOK, () -> Files.exists(arrived(file)))) {
      throw new AssertionError("nobody came to the gate " + file.getFileName());
    }
  }

  /** The waiting side, in a process of its own. */
  static void pass(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    Files.writeString(arrived(file), "");
    while (Files.exists(file)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static Path arrived(Path file) {
    return file.resolveSibling(file.getFileName() + ".arrived");
  }
}
