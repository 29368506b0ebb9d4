package dev.resurge.activities.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.RunId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final AtomicLong clock = new AtomicLong();
  private final Turns turns = new Turns(2, clock::get);
  private final dev.resurge.workflows.model.Run run = new TestAttempt().run();

  private static RunId id(int number) {
    return new RunId("20261121T03150" + number + "Z-backup-7f2c");
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void soManyHaveATurnAndTheOthersWait() {
    assertThat(turns.take(id(1))).isTrue();
    assertThat(turns.take(id(2))).isTrue();
    assertThat(turns.take(id(3))).isFalse();
    assertThat(turns.take(id(1))).as("it has one").isTrue();
  }

  @Test
  void aTurnIsGivenBack() {
    turns.take(run.id());
    turns.take(id(2));
    turns.giveBack(run);

    assertThat(turns.take(id(3))).isTrue();
    assertThat(turns.take(id(4))).isFalse();
  }

  @Test
  void aTurnThatNobodyUsesIsOver() {
    turns.take(id(1));
    turns.take(id(2));
    pass(Duration.ofSeconds(31));

    assertThat(turns.take(id(3))).isTrue();
  }

  @Test
  void aTurnLastsAsLongAsItsWork() {
    turns.take(run.id());
    turns.take(id(2));

    var another =
        turns.during(
            run,
            () -> {
              pass(Duration.ofHours(5));
              turns.take(id(3));
              return turns.take(id(4));
            });

    assertThat(another).as("one turn was free, not two").isFalse();
  }

  @Test
  void workWithoutATurnIsDoneAllTheSame() {
    assertThat(turns.during(run, () -> "done")).isEqualTo("done");
  }
}
