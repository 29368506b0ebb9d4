package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Tasks that run side by side on virtual threads. The first failure ends the others: what they
 * registered is closed, so that none goes on reading from a program that nobody needs any more.
 */
final class SideBySide {
  private final List<Runnable> ends = new ArrayList<>();
  private boolean ending;

  private SideBySide() {}

  /** One of the tasks. */
  @FunctionalInterface
  interface Task<T> {
    T run(SideBySide group) throws IOException;
  }

  /**
   * Runs all tasks, at most {@code atOnce} at a time, and waits until none runs any more.
   *
   * @return their answers, in the tasks' order
   * @throws ResurgeException of the task that failed first
   */
  static <T> List<T> run(int atOnce, List<Task<T>> tasks) {
    var group = new SideBySide();
    var permits = new Semaphore(atOnce);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ended = new ExecutorCompletionService<T>(threads);
      var futures = new ArrayList<Future<T>>();
      for (var task : tasks) {
        futures.add(ended.submit(() -> group.one(permits, task)));
      }
      try {
        for (int n = 0; n < tasks.size(); n++) {
          ended.take().get();
        }
      } catch (ExecutionException e) {
        group.end();
        throw unwrapped(e.getCause());
      } catch (InterruptedException e) {
        group.end();
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while working side by side");
      }
      return futures.stream().map(Future::resultNow).toList();
    }
  }

  /**
   * Has {@code end} called when another task fails; at once if one has failed already. Calling it
   * for something that has ended by itself does no harm.
   */
  void endsWith(Runnable end) {
    boolean now;
    synchronized (ends) {
      now = ending;
      ends.add(end);
    }
    if (now) {
      end.run();
    }
  }

  private <T> T one(Semaphore permits, Task<T> task) throws Exception {
    permits.acquire();
    try {
      synchronized (ends) {
        if (ending) {
          throw new CancellationException("another stream failed");
        }
      }
      return task.run(this);
    } finally {
      permits.release();
    }
  }

  private void end() {
    List<Runnable> all;
    synchronized (ends) {
      ending = true;
      all = List.copyOf(ends);
    }
    all.forEach(Runnable::run);
  }

  private static RuntimeException unwrapped(Throwable cause) {
    return cause instanceof RuntimeException runtime
        ? runtime
        : new ResurgeException(ErrorType.PROGRAM_FAILED, "streaming: " + cause.getMessage(), cause);
  }
}
