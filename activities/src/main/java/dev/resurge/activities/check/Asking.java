package dev.resurge.activities.check;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Poll;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks probes side by side, each until it is decided or its time is over.
 *
 * @param when for the results
 * @param overdue how long after its time a try that hangs is waited for
 */
record Asking(Attempt attempt, String when, Duration overdue) {
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** The last try begins just before the time is over and must have a chance. */
  private static final Duration SHORTEST_TRY = Duration.ofMillis(500);

  /**
   * One result for each probe, in their order. A probe that fails is a result, not an exception.
   *
   * @throws CancellationException if the attempt is cancelled
   */
  List<CheckResult> all(List<? extends Probe> probes) {
    var begin = System.nanoTime();
    // not closed: closing waits for every thread, also for one whose server never answers
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var asked = probes.stream().map(p -> threads.submit(() -> persistently(p))).toList();
    var interrupting = attempt.onCancel(threads::shutdownNow);
    try {
      attempt.checkCancelled(); // it may have been before the registration
      var results = new ArrayList<CheckResult>();
      for (int i = 0; i < probes.size(); i++) {
        results.add(await(asked.get(i), probes.get(i), begin));
      }
      return List.copyOf(results);
    } finally {
      interrupting.close();
      threads.shutdownNow();
    }
  }

  private CheckResult await(Future<CheckResult> result, Probe probe, long begin) {
    var patience = probe.check().within().plus(overdue).toNanos() - (System.nanoTime() - begin);
    try {
      return result.get(Math.max(0, patience), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      result.cancel(true);
      var waited = Durations.human(probe.check().within().plus(overdue));
      return result(probe, Outcome.failed("no answer within " + waited), begin);
    } catch (ExecutionException e) {
      attempt.checkCancelled();
      throw new IllegalStateException("asking check '" + probe.check().name() + "'", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while asking checks");
    }
  }

  private CheckResult persistently(Probe probe) {
    var begin = System.nanoTime();
    var within = probe.check().within();
    var last = new AtomicReference<>(Outcome.notYet("never asked"));
    Poll.until(
        attempt,
        within,
        PAUSE,
        () -> {
          var left = within.minusNanos(System.nanoTime() - begin);
          last.set(once(probe, left.compareTo(SHORTEST_TRY) < 0 ? SHORTEST_TRY : left));
          return last.get().decided();
        });
    return result(probe, last.get(), begin);
  }

  private static Outcome once(Probe probe, Duration limit) {
    try {
      return probe.ask(limit);
    } catch (CancellationException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      return Outcome.failed(e.getMessage());
    } catch (ResurgeException e) {
      // a refused query may be answered once the application has migrated its tables; a missing
      // program or a wrong password will not mend itself while the system is down
      return e.type().permanent() && e.type() != ErrorType.CHECK_FAILED
          ? Outcome.failed(e.getMessage())
          : Outcome.notYet(e.getMessage());
    } catch (RuntimeException e) {
      return Outcome.notYet(e.toString());
    }
  }

  private CheckResult result(Probe probe, Outcome outcome, long begin) {
    return new CheckResult(
        probe.check().name(),
        when,
        outcome.passed(),
        probe.expected(),
        outcome.actual(),
        Duration.ofNanos(System.nanoTime() - begin)
            .truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
        Optional.empty());
  }
}
