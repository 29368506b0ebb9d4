package dev.resurge.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectationTest {

  @ParameterizedTest(name = "{1} {0}: {2}")
  @CsvSource({
    "= 5, 5, true",
    "= 5, 5.0, true",
    "= 5, 6, false",
    "=5, 5, true",
    "!= 0, 1, true",
    "!= 0, 0, false",
    ">= 1000, 1000, true",
    ">= 1000, 999, false",
    "> 0, 0, false",
    "> 0, 1, true",
    "<= 9, 9, true",
    "<= 9, 10, false",
    "< 3, 2.5, true",
    "< 3, 3, false",
    "> -1.5, -1, true",
    "= ready, ready, true",
    "= ready, Ready, false",
    "!= ready, gone, true",
    "> 5, many, false",
    "< 5, many, false",
    "> 9, 10, true",
  })
  void comparesNumbersAsNumbersAndOtherTextAsItIs(String expect, String actual, boolean holds) {
    assertThat(Expectation.parse(expect).holds(actual)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "==5", "= ", "=> 5", "<> 5", "> many", ">= ", "! 5", "about 5"})
  void whatIsNoComparisonIsRefusedWithExamples(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expectation.parse(text))
        .withMessageContaining("comparison");
  }

  @Test
  void isShownAsPeopleWriteIt() {
    assertThat(Expectation.parse(">=1000")).hasToString(">= 1000");
  }
}
