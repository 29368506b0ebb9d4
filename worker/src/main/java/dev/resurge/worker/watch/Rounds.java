package dev.resurge.worker.watch;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the same again and again, in a thread of its own, until it is stopped. */
final class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final String name;
  private final Duration pause;
  private final Runnable round;
  private final ScheduledExecutorService thread;

  /**
   * @param name of the thread
   * @param pause from the end of a round to the beginning of the next
   */
  Rounds(String name, Duration pause, Runnable round) {
    this.name = name;
    this.pause = pause;
    this.round = round;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
  }

  /** The first round is at once. */
  void start() {
    var _ = thread.scheduleWithFixedDelay(this::once, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop() {
    thread.shutdownNow();
  }

  /** Nothing that goes wrong in one round keeps the next from being made. */
  private void once() {
    try {
      round.run();
    } catch (CancellationException e) {
      LOG.debug("the {} ends", name);
    } catch (RuntimeException | Error e) {
      LOG.error("a round of the {} broke off; the next is in {}", name, pause, e);
    }
  }
}
