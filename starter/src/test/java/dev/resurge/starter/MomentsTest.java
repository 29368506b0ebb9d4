package dev.resurge.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:16:00Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin"); // an hour ahead in November

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T03:15:00Z, 2026-11-21T03:15:00Z",
    "2026-11-21T04:15:00+01:00, 2026-11-21T03:15:00Z",
    "2026-11-21T04:15, 2026-11-21T03:15:00Z",
    "2026-11-21 04:15:30, 2026-11-21T03:15:30Z",
    "04:10, 2026-11-21T03:10:00Z",
    "10m ago, 2026-11-21T03:06:00Z",
    "1h30m ago, 2026-11-21T01:46:00Z",
    "1h 30m ago, 2026-11-21T01:46:00Z",
    "now, 2026-11-21T03:16:00Z"
  })
  void readsWhatPeopleWrite(String text, Instant expected) {
    assertThat(Moments.parse(text, NOW, ZONE)).isEqualTo(expected);
  }

  @Test
  void aTimeOfDayThatIsStillToComeWasYesterday() {
    assertThat(Moments.parse("23:30", NOW, ZONE)).isEqualTo(Instant.parse("2026-11-20T22:30:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "25:00", "ten minutes ago", "2026-11-21", "10m"})
  void refusesWhatIsNoTimeAndSaysWhatIs(String text) {
    assertThatThrownBy(() -> Moments.parse(text, NOW, ZONE))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INPUT_INVALID))
        .hasMessageContaining("'10m ago'");
  }

  @Test
  void refusesAnOutageThatHasNotBegun() {
    assertThatThrownBy(() -> Moments.parse("2026-11-21T03:17:00Z", NOW, ZONE))
        .hasMessageContaining("lies in the future");
  }
}
