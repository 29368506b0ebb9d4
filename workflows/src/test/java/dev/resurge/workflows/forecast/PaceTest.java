package dev.resurge.workflows.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private static final ByteSize NOTHING = new ByteSize(0);

  private static Pace pace(Sample... samples) {
    return new Pace("stage database", List.of(samples));
  }

  private static Sample sample(int seconds, String bytes) {
    return new Sample(Duration.ofSeconds(seconds), ByteSize.parse(bytes));
  }

  private static String range(Pace pace, String bytes) {
    return pace.range(Optional.of(ByteSize.parse(bytes))).orElseThrow().of("").range();
  }

  @Test
  void tenTimesTheDataTakesAboutTenTimesAsLong() {
    var four = pace(sample(100, "1GB"), sample(90, "1GB"), sample(95, "1GB"), sample(110, "1GB"));

    assertThat(range(four, "1GB")).isEqualTo("78 s to 3 min"); // 78.75 to 123.75 s
    assertThat(range(four, "10GB")).isEqualTo("12 to 21 min");
  }

  @Test
  void aFewKilobytesMoreSayNothing() {
    var small = pace(sample(2, "8KB"), sample(2, "8KB"), sample(2, "8KB"), sample(2, "8KB"));

    assertThat(small.range(Optional.of(ByteSize.parse("80KB"))).orElseThrow().most())
        .isLessThan(Duration.ofMillis(2_300));
  }

  @Test
  void withoutASizeItIsAsMuchAsTheLastTime() {
    var growing = pace(sample(40, "4GB"), sample(10, "1GB"));

    var range = growing.range(Optional.empty()).orElseThrow();

    assertThat(range.least()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
    assertThat(range.most()).isBetween(Duration.ofSeconds(49), Duration.ofSeconds(51));
  }

  @Test
  void whatMovesNothingTakesAsLongAsBefore() {
    var checks = pace(new Sample(Duration.ofSeconds(10), NOTHING));

    assertThat(range(checks, "900GB")).isEqualTo("5 to 15 s");
  }

  @Test
  void theFewerRunsTheWiderTheRange() {
    var widths =
        Stream.of(1, 2, 4)
            .map(n -> new Pace("x", java.util.Collections.nCopies(n, sample(100, "1GB"))))
            .map(pace -> pace.range(Optional.empty()).orElseThrow())
            .map(range -> range.most().minus(range.least()))
            .toList();

    assertThat(widths)
        .containsExactly(Duration.ofSeconds(100), Duration.ofSeconds(50), Duration.ofSeconds(25));
  }

  @Test
  void withoutRunsNothingIsSaid() {
    assertThat(pace().range(Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "200, 900, up to 1 s",
    "800, 2300, up to 3 s",
    "2000, 2000, about 2 s",
    "3200, 8100, 3 to 9 s",
    "50000, 170000, 50 s to 3 min",
    "170000, 360000, 2 to 6 min",
    "3600000, 10000000, 60 min to 3 h",
    "9000000, 20000000, 2 to 6 h"
  })
  void rangesAreWhatPeopleSay(long least, long most, String words) {
    assertThat(new Range(Duration.ofMillis(least), Duration.ofMillis(most), 1).of("").range())
        .isEqualTo(words);
  }
}
