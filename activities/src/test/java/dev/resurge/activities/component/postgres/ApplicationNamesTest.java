package dev.resurge.activities.component.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.testing.TestAttempt;
import org.junit.jupiter.api.Test;

class ApplicationNamesTest {
  private final TestAttempt attempt = new TestAttempt();

  @Test
  void aShortNameHoldsTheWholeTag() {
    assertThat(ApplicationNames.of(attempt, "database"))
        .isEqualTo("resurge/" + attempt.tag("database"));
  }

  @Test
  void everyNameFitsKeepsItsTokenAndBeginsWithThePrefixOfItsRun() {
    for (int length = 1; length <= 80; length++) {
      var component = "c".repeat(length);
      assertThat(ApplicationNames.of(attempt, component))
          .hasSizeLessThanOrEqualTo(63)
          .startsWith(ApplicationNames.prefix(attempt, component))
          .endsWith("/" + attempt.token());
    }
  }

  @Test
  void componentsWithTheSameLongBeginningHaveDifferentNames() {
    assertThat(ApplicationNames.prefix(attempt, "c".repeat(60) + "1"))
        .isNotEqualTo(ApplicationNames.prefix(attempt, "c".repeat(60) + "2"));
  }
}
