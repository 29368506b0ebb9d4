package dev.resurge.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.SetKind;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static Retention retention(String section) {
    return Example.valid(Example.with("  checks:", "  retention: " + section + "\n  checks:"))
        .spec()
        .retention()
        .orElseThrow();
  }

  @Test
  void withoutTheSectionThereAreNoRules() {
    assertThat(Example.valid(Example.TEXT).spec().retention()).isEmpty();
  }

  @Test
  void anEmptySectionHasUsualRulesInUtc() {
    var usual = retention("{}");

    assertThat(usual.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(usual.zone().getRules()).isEqualTo(ZoneOffset.UTC.getRules());
    assertThat(usual.keep()).isEqualTo(new Keep(7, 14, 8, 12, 3));
    assertThat(usual.retainedCopies()).isEqualTo(Duration.ofDays(7));
    assertThat(usual.crashedAfter()).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void aKindHasItsOwnRulesAndTheOthersTheCommonOnes() {
    var rules =
        retention(
            "{timeZone: Pacific/Apia, keep: {last: 2}, manual: {daily: 3}, safety: {yearly: 1}}");

    assertThat(rules.zone()).isEqualTo(ZoneId.of("Pacific/Apia"));
    assertThat(rules.keep(SetKind.SCHEDULED)).isEqualTo(new Keep(2, 0, 0, 0, 0));
    assertThat(rules.keep(SetKind.PREDEPLOY)).isEqualTo(new Keep(2, 0, 0, 0, 0));
    assertThat(rules.keep(SetKind.MANUAL)).isEqualTo(new Keep(0, 3, 0, 0, 0));
    assertThat(rules.keep(SetKind.SAFETY)).isEqualTo(new Keep(0, 0, 0, 0, 1));
    assertThat(retention("{scheduled: {weekly: 4}}").keep(SetKind.SCHEDULED))
        .isEqualTo(new Keep(0, 0, 4, 0, 0));
    assertThat(retention("{predeploy: {monthly: 5}}").keep(SetKind.PREDEPLOY))
        .isEqualTo(new Keep(0, 0, 0, 5, 0));
  }
}
