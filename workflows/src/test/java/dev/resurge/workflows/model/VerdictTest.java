package dev.resurge.workflows.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "PASS, 0",
    "REFUSED, 3",
    "FAIL_INTEGRITY, 4",
    "FAILED, 5",
    "SWAPPED_BACK, 6",
    "REJECTED, 7",
    "ABORTED, 7",
    "FAIL_OBJECTIVE, 8",
  })
  void scriptsTellItByItsExitCode(Verdict verdict, int exitCode) {
    assertThat(verdict.exitCode()).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @EnumSource
  void searchAttributesAndEvidenceUseTheSameWord(Verdict verdict) {
    assertThat(Json.canonical(verdict)).isEqualTo("\"" + verdict.id() + "\"");
  }
}
