package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SideBySideTest {
  @Test
  void answersComeInTheTasksOrder() {
    assertThat(SideBySide.run(2, List.of(group -> 1, group -> 2, group -> 3)))
        .containsExactly(1, 2, 3);
  }

  @Test
  void theFirstFailureEndsWhatTheOthersWaitFor() {
    var waiting = new CountDownLatch(1);
    SideBySide.Task<Integer> waits =
        group -> {
          group.endsWith(waiting::countDown);
          await(waiting);
          throw new IOException("ended, which nobody should hear of");
        };
    SideBySide.Task<Integer> fails =
        group -> {
          throw new IllegalStateException("the cause");
        };

    assertThatThrownBy(() -> SideBySide.run(2, List.of(waits, fails))).hasMessage("the cause");
    assertThat(waiting.getCount()).isZero();
  }

  @Test
  void whatIsRegisteredAfterAFailureIsEndedAtOnce() {
    var failed = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    SideBySide.Task<Integer> late =
        group -> {
          group.endsWith(failed::countDown);
          await(failed);
          group.endsWith(ended::countDown);
          return 1;
        };
    SideBySide.Task<Integer> fails =
        group -> {
          throw new IllegalStateException("the cause");
        };

    assertThatThrownBy(() -> SideBySide.run(2, List.of(late, fails))).hasMessage("the cause");
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void noMoreRunAtOnceThanAllowed() {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var full = new CountDownLatch(3);
    var tasks = new ArrayList<SideBySide.Task<Integer>>();
    for (int n = 0; n < 50; n++) {
      tasks.add(group -> {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        full.countDown();
        await(full); // so that as many as may run do run at once
        return running.decrementAndGet();
      });
    }

    SideBySide.run(3, tasks);

    assertThat(most.get()).isEqualTo(3);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
