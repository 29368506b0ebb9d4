package dev.resurge.activities.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExpectationTest {
  @Test
  void numbersAreComparedAsNumbers() {
    assertThat(holds("= 5", "5.00")).isTrue();
    assertThat(holds("!= 5", "5.00")).isFalse();
    assertThat(holds(">= 1000", "999")).isFalse();
    assertThat(holds(">= 1000", "1000")).isTrue();
    assertThat(holds("> 9", "10")).isTrue();
    assertThat(holds("> 10", "10")).isFalse();
    assertThat(holds("< -1", "-1.5")).isTrue();
    assertThat(holds("<= 3", "3.0001")).isFalse();
    assertThat(holds("= 9007199254740993", "9007199254740992")).isFalse();
  }

  @Test
  void otherThingsAreComparedAsText() {
    assertThat(holds("= ok", "ok")).isTrue();
    assertThat(holds("= ok", "OK")).isFalse();
    assertThat(holds("= 'two words'", "two words")).isTrue();
    assertThat(holds("> 2026-11-20", "2026-11-21")).isTrue();
    assertThat(holds("!= t", "f")).isTrue();
    assertThat(holds("= ''", "")).isTrue();
    assertThat(holds("= 1e3", "1000")).as("a count is not written so").isFalse();
  }

  @Test
  void blanksDoNotMatter() {
    assertThat(holds(">=1000", " 1000 ")).isTrue();
    assertThat(holds("  <   3  ", "2")).isTrue();
  }

  @Test
  void whatIsNoComparisonIsToldWithAnExample() {
    for (var wrong : new String[] {"", "5", "=", "== 5", "=> 5", "<> 5", "like x"}) {
      assertThatThrownBy(() -> Expectation.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + wrong + "' is no comparison; write = 5");
    }
  }

  private static boolean holds(String expectation, String actual) {
    return Expectation.parse(expectation).holds(actual);
  }
}
