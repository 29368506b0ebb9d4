package dev.resurge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {
  @Test
  void whatOverlapsCountsOnce() {
    assertThat(Interval.union(List.of(seconds(5, 9), seconds(0, 4), seconds(3, 6))))
        .isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void whatLiesWithinAnotherAddsNothing() {
    assertThat(Interval.union(List.of(seconds(0, 10), seconds(2, 3), seconds(4, 5))))
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void pausesDoNotCount() {
    assertThat(Interval.union(List.of(seconds(0, 1), seconds(8, 10))))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void nothingTakesNoTime() {
    assertThat(Interval.union(List.of())).isZero();
  }

  private static Interval seconds(int from, int to) {
    return new Interval(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
  }
}
