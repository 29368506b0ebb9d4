package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.runbook.Objectives;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static final Instant REQUESTED = Instant.parse("2026-11-21T03:15:00Z");
  private static final Objectives NO_OBJECTIVES =
      new Objectives(Optional.empty(), Optional.empty(), Optional.empty());

  @Test
  void everySpanOfACompleteRunIsMeasured() {
    var measures =
        Measures.of(
            clocks(Optional.of(REQUESTED.minus(Duration.ofMinutes(10))), after(300), after(302)),
            Optional.of(REQUESTED.minus(Duration.ofHours(1))),
            Duration.ofMinutes(3),
            NO_OBJECTIVES);

    assertThat(measures)
        .extracting(Measure::name, m -> m.actual().orElseThrow())
        .containsExactly(
            tuple("declared to healthy", Duration.ofSeconds(902)),
            tuple("requested to healthy", Duration.ofSeconds(302)),
            tuple("requested to healthy without waiting for people", Duration.ofSeconds(122)),
            tuple("downtime", Duration.ofSeconds(2)),
            tuple("recovery point", Duration.ofMinutes(50)));
  }

  @Test
  void theRecoveryTimeObjectiveBelongsToTheDeclaredOutageWhenThereIsOne() {
    var objectives = objectives(Duration.ofMinutes(5));
    var declared =
        Measures.of(
            clocks(Optional.of(REQUESTED.minusSeconds(600)), after(58), after(60)),
            Optional.empty(),
            Duration.ZERO,
            objectives);

    assertThat(named(declared, Measures.DECLARED_TO_HEALTHY).met()).contains(false);
    assertThat(named(declared, Measures.REQUESTED_TO_HEALTHY).met()).isEmpty();
    assertThat(Measures.missed(declared)).isTrue();
  }

  @Test
  void theRecoveryTimeObjectiveBelongsToTheRequestWhenNothingWasDeclared() {
    var measures =
        Measures.of(
            clocks(Optional.empty(), after(58), after(60)),
            Optional.empty(),
            Duration.ZERO,
            objectives(Duration.ofSeconds(60)));

    assertThat(named(measures, Measures.REQUESTED_TO_HEALTHY).met()).contains(true);
    assertThat(measures).extracting(Measure::name).doesNotContain(Measures.DECLARED_TO_HEALTHY);
    assertThat(Measures.missed(measures)).isFalse();
  }

  @Test
  void whatWasNotMeasuredIsNeitherMetNorMissed() {
    var measures =
        Measures.of(
            clocks(Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            Duration.ZERO,
            objectives(Duration.ofDays(365)));

    assertThat(measures).hasSize(4).allSatisfy(m -> assertThat(m.actual()).isEmpty());
    assertThat(measures).allSatisfy(m -> assertThat(m.met()).isEmpty());
    assertThat(Measures.missed(measures)).isFalse();
  }

  @Test
  void aSystemThatWasStoppedAndNeverHealthyHasNoMeasuredDowntime() {
    var measures =
        Measures.of(
            clocks(Optional.empty(), after(30), Optional.empty()),
            Optional.of(REQUESTED),
            Duration.ZERO,
            objectives(Duration.ofDays(1)));

    assertThat(named(measures, Measures.DOWNTIME).actual()).isEmpty();
    assertThat(named(measures, Measures.DOWNTIME).met()).isEmpty();
  }

  @Test
  void aSystemThatNeverBecameHealthyHasRecoveredToNoPoint() {
    var measures =
        Measures.of(
            clocks(Optional.empty(), after(30), Optional.empty()),
            Optional.of(REQUESTED.minusSeconds(1)),
            Duration.ZERO,
            objectives(Duration.ofDays(1)));

    assertThat(named(measures, Measures.RECOVERY_POINT).actual()).isEmpty();
    assertThat(named(measures, Measures.RECOVERY_POINT).met()).isEmpty();
  }

  @Test
  void anOutageDeclaredAfterHealthyIsNoMeasurement() {
    var measures =
        Measures.of(
            clocks(Optional.of(REQUESTED.plusSeconds(600)), after(58), after(60)),
            Optional.empty(),
            Duration.ZERO,
            objectives(Duration.ofMinutes(5)));

    assertThat(named(measures, Measures.DECLARED_TO_HEALTHY).actual()).isEmpty();
    assertThat(named(measures, Measures.DECLARED_TO_HEALTHY).met()).isEmpty();
  }

  @Test
  void dataNewerThanTheDeclaredOutageHasLostNothing() {
    var measures =
        Measures.of(
            clocks(Optional.of(REQUESTED.minusSeconds(600)), after(58), after(60)),
            Optional.of(REQUESTED.minusSeconds(300)),
            Duration.ZERO,
            objectives(Duration.ofMinutes(5)));

    assertThat(named(measures, Measures.RECOVERY_POINT).actual()).contains(Duration.ZERO);
    assertThat(named(measures, Measures.RECOVERY_POINT).met()).contains(true);
  }

  @Test
  void moreWaitingThanThereWasTimeIsNoMeasurement() {
    var measures =
        Measures.of(
            clocks(Optional.empty(), after(58), after(60)),
            Optional.empty(),
            Duration.ofHours(1),
            NO_OBJECTIVES);

    assertThat(named(measures, Measures.WITHOUT_WAITING).actual()).isEmpty();
  }

  @Test
  void aTryMeasuresTheCopyAndWhatARestoreWouldLose() {
    var measures =
        Measures.ofTrial(
            Optional.of(Duration.ofMinutes(4)),
            Optional.of(REQUESTED.minus(Duration.ofHours(1))),
            REQUESTED,
            objectives(Duration.ofMinutes(5)));

    assertThat(measures)
        .extracting(Measure::name, m -> m.actual().orElseThrow(), m -> m.met().orElseThrow())
        .containsExactly(
            tuple("drill: staged and verified", Duration.ofMinutes(4), true),
            tuple("recovery point", Duration.ofHours(1), false));
  }

  @Test
  void aTryThatShowedNoWholeCopyMeasuresNothing() {
    var measures =
        Measures.ofTrial(
            Optional.empty(), Optional.of(REQUESTED), REQUESTED, objectives(Duration.ofMinutes(5)));

    assertThat(measures).extracting(Measure::actual).containsOnly(Optional.empty());
    assertThat(Measures.missed(measures)).isFalse();
  }

  private static Optional<Instant> after(long seconds) {
    return Optional.of(REQUESTED.plusSeconds(seconds));
  }

  private static Objectives objectives(Duration each) {
    return new Objectives(Optional.of(each), Optional.of(each), Optional.of(each));
  }

  private static Clocks clocks(
      Optional<Instant> declared, Optional<Instant> quiesced, Optional<Instant> healthy) {
    return new Clocks(
        declared,
        REQUESTED,
        Optional.empty(),
        Optional.empty(),
        quiesced,
        Optional.empty(),
        healthy,
        Optional.empty());
  }

  private static Measure named(List<Measure> measures, String name) {
    return measures.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }
}
