package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static final CheckResult PASSED = result("books", true, Optional.empty());
  private static final CheckResult FAILED = result("loans", false, Optional.empty());

  @Test
  void theFirstThatDidNotPassIsNamedWithWhatWasFound() {
    var failed = Checks.failed(List.of(PASSED, FAILED, result("mail", false, Optional.empty())));

    assertThat(failed).contains(FAILED);
    assertThat(Checks.describe(FAILED)).isEqualTo("check 'loans' expected > 0, found 0");
    assertThat(Checks.failed(List.of(PASSED))).isEmpty();
  }

  @Test
  void theTimelineCountsWhatPassed() {
    assertThat(Checks.words(List.of(PASSED, FAILED, PASSED))).isEqualTo("2 of 3 passed");
    assertThat(Checks.words(List.of())).isEqualTo("nothing to check");
  }

  @Test
  void whatARunbookAsksAlwaysMattersAndARuleAsMuchAsItsSeveritySays() {
    var grave = result("a set of today", false, Optional.of(Severity.CRITICAL));
    var slight = result("number of sets", false, Optional.of(Severity.LOW));

    assertThat(FAILED.fails()).isTrue();
    assertThat(FAILED.warns()).isFalse();
    assertThat(grave.fails()).isTrue();
    assertThat(grave.warns()).isFalse();
    assertThat(slight.fails()).isFalse();
    assertThat(slight.warns()).isTrue();
    assertThat(PASSED.fails()).isFalse();
    assertThat(PASSED.warns()).isFalse();
  }

  private static CheckResult result(String check, boolean passed, Optional<Severity> severity) {
    return new CheckResult(
        check,
        "healthy",
        passed,
        "> 0",
        passed ? "7" : "0",
        Duration.ZERO,
        Optional.empty(),
        severity);
  }
}
