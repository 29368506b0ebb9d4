package dev.resurge.worker.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.console.Chart.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a chart's lines, dots and words lie. */
class ChartTest {
  private static final Instant START = Instant.parse("2026-11-01T02:00:00Z");

  @Test
  void theHighestValueLiesWithinAndZeroAtTheBottom() {
    var chart = chart(Optional.empty(), Duration.ofSeconds(50), Duration.ofMinutes(3));

    assertThat(chart.ticks())
        .extracting(Chart.Tick::label)
        .containsExactly("0", "1 min", "2 min", "3 min");
    assertThat(chart.ticks().getFirst().y()).isEqualTo("146.0");
    assertThat(chart.dots().getLast().y()).isEqualTo("14.0");
    assertThat(chart.line()).isEqualTo("58.0,109.3 408.0,14.0");
    assertThat(chart.label())
        .isEqualTo("Recovery time: newest 3 min, from 50.0 s to 3 min in 2 values");
    assertThat(chart.from()).isEqualTo("1 Nov 02:00");
  }

  @Test
  void anObjectiveIsALineAndWhatMissesItIsSaidInWords() {
    var chart =
        chart(Optional.of(Duration.ofMinutes(2)), Duration.ofMinutes(1), Duration.ofMinutes(3));

    assertThat(chart.objective())
        .singleElement()
        .satisfies(level -> {
          assertThat(level.words()).isEqualTo("objective 2 min");
          assertThat(level.y()).isEqualTo("58.0");
        });
    assertThat(chart.dots()).extracting(Chart.Dot::css).containsExactly("dot", "dot over");
    assertThat(chart.dots().getLast().title()).contains("over the objective");
    assertThat(chart.rows()).extracting(Chart.Row::over).containsExactly(true, false);
    assertThat(chart.label()).endsWith(", objective 2 min");
  }

  @Test
  void anObjectiveFarAboveAllValuesDoesNotFlattenThem() {
    var chart =
        chart(Optional.of(Duration.ofHours(4)), Duration.ofSeconds(5), Duration.ofSeconds(8));

    assertThat(chart.objective()).isEmpty();
    assertThat(chart.above()).isEqualTo("objective 4 h, far above");
    assertThat(chart.ticks()).last().extracting(Chart.Tick::label).isEqualTo("8 s");
  }

  @Test
  void noValueAndASingleOneAreCharts() {
    assertThat(chart(Optional.empty()).empty()).isTrue();
    assertThat(chart(Optional.empty()).label()).isEqualTo("Recovery time: no values yet");

    var single = chart(Optional.empty(), Duration.ZERO);
    assertThat(single.dots()).extracting(Chart.Dot::x).containsExactly("233.0");
    assertThat(single.line()).isEmpty();
    assertThat(single.to()).isEmpty();
  }

  @Test
  void sizesHaveRoundTicks() {
    var axis = Axis.of(Axis.Unit.BYTES, 1_234_567_890L);

    assertThat(axis.top()).isEqualTo(1_500_000_000L);
    assertThat(axis.label(1)).isEqualTo("500 MB");
    assertThat(axis.words(1_234_567_890L)).isEqualTo("1.2 GB");
    assertThat(Axis.of(Axis.Unit.BYTES, Long.MAX_VALUE / 2).top()).isPositive();
  }

  private static Chart chart(Optional<Duration> objective, Duration... values) {
    var points = new java.util.ArrayList<Point>();
    for (var value : values) {
      points.add(new Point(START.plusSeconds(3600L * points.size()), value.toMillis(), "x", false));
    }
    return Chart.of(
        "rta",
        "Recovery time",
        "",
        Axis.Unit.TIME,
        List.copyOf(points).reversed(),
        objective.map(Duration::toMillis));
  }
}
