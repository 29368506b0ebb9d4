package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlawsTest {
  private static final List<Measure> MET = measured(Duration.ofMinutes(5));
  private static final List<Measure> MISSED = measured(Duration.ofMinutes(5).plusMillis(1));
  private static final Optional<RunEnded> NOT_ENDED = Optional.empty();

  private final Flaws flaws = new Flaws();

  @Test
  void aRunWithoutFlawsPassesIfItMissedNoObjective() {
    assertThat(flaws.any()).isFalse();
    assertThat(flaws.reasons()).isEmpty();
    assertThat(flaws.verdict(NOT_ENDED, MET)).isEqualTo(Verdict.PASS);
    assertThat(flaws.verdict(NOT_ENDED, List.of())).isEqualTo(Verdict.PASS);
    assertThat(flaws.verdict(NOT_ENDED, MISSED)).isEqualTo(Verdict.FAIL_OBJECTIVE);
  }

  @Test
  void theFirstFlawNamesTheRunAndAllAreTold() {
    flaws.add(Verdict.FAIL_INTEGRITY, "a table is empty");
    flaws.add(Verdict.FAILED, "a copy was not removed");

    assertThat(flaws.any()).isTrue();
    assertThat(flaws.reasons()).containsExactly("a table is empty", "a copy was not removed");
    assertThat(flaws.verdict(NOT_ENDED, MISSED)).isEqualTo(Verdict.FAIL_INTEGRITY);
  }

  @Test
  void whatEndedTheRunCountsBeforeEverything() {
    flaws.add(Verdict.FAIL_INTEGRITY, "a table is empty");
    var ended =
        new RunEnded(Verdict.SWAPPED_BACK, Failures.of(ErrorType.CHECK_FAILED, "no answer"));

    assertThat(flaws.verdict(Optional.of(ended), MISSED)).isEqualTo(Verdict.SWAPPED_BACK);
  }

  private static List<Measure> measured(Duration actual) {
    return List.of(Measure.of("downtime", Optional.of(actual), Optional.of(Duration.ofMinutes(5))));
  }
}
