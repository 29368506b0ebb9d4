package dev.resurge.worker.watch;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Store;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks stores that may never answer, as a directory of a server that is gone. A call that hangs is
 * left behind in its thread, and its store is not asked again before that call has ended, for
 * whatever system: so no more threads hang than there are stores, and only the first system of a
 * round waits. A store is asked by one thread at a time; others wait for that as long as for a
 * call.
 */
public final class Patience {
  private final Duration limit;
  private final Map<Store, Thread> hanging = new ConcurrentHashMap<>();
  private final Map<Store, ReentrantLock> turns = new ConcurrentHashMap<>();

  /**
   * @param limit how long a call may take
   */
  public Patience(Duration limit) {
    this.limit = limit;
  }

  /**
   * What the call answers.
   *
   * @throws ResurgeException as the call does; {@code StoreUnavailable} if it does not end in time;
   *     {@code Internal} for anything else that it throws
   * @throws CancellationException if the thread is interrupted
   */
  public <T> T ask(Store store, Callable<T> call) {
    var turn = turns.computeIfAbsent(store, asked -> new ReentrantLock());
    try {
      if (!turn.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw unanswered(store, "others who asked before still wait");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("nobody waits for the answer any more");
    }
    try {
      return askAlone(store, call);
    } finally {
      turn.unlock();
    }
  }

  private <T> T askAlone(Store store, Callable<T> call) {
    hanging.values().removeIf(thread -> !thread.isAlive());
    if (hanging.containsKey(store)) {
      throw unanswered(store, "an earlier look at it still waits; it is not asked again meanwhile");
    }
    var task = new FutureTask<>(call);
    var thread = Thread.ofPlatform().daemon().name("look").start(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      hanging.put(store, thread);
      throw unanswered(store, "it did not answer within " + Durations.human(limit));
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new CancellationException("nobody waits for the answer any more");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ResurgeException known
          ? known
          : new ResurgeException(
              ErrorType.INTERNAL, "looking at " + store + ": " + e.getCause(), e.getCause());
    }
  }

  private static ResurgeException unanswered(Store store, String why) {
    return new ResurgeException(ErrorType.STORE_UNAVAILABLE, "looking at " + store + ": " + why);
  }
}
