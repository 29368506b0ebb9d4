package dev.resurge.worker.world;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Looks again and again at the arguments of all processes, as anybody on the machine may. */
public final class CommandLines implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(40);

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Thread looking = Thread.ofPlatform().daemon().name("looks-on").start(this::look);
  private volatile boolean closed;

  private void look() {
    while (!closed) {
      ProcessHandle.allProcesses().map(Processes::commandLine).forEach(seen::add);
      LockSupport.parkNanos(EVERY.toNanos());
    }
  }

  /** All that were seen until now, each in a line. */
  public String text() {
    return seen.stream().sorted().collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(looking);
  }
}
