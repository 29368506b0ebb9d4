package dev.resurge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void theMedianIsTheMiddleOneWhateverTheOrder() {
    assertThat(of(9, 1, 2).median()).isEqualTo(2);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(of(4, 1, 2, 9).median()).isEqualTo(3);
  }

  @Test
  void theWorstIsTheBiggest() {
    assertThat(of(4, 11, 2).worst()).isEqualTo(11);
  }

  private static Series of(double... values) {
    var series = new Series();
    for (var value : values) {
      series.add(value);
    }
    return series;
  }
}
