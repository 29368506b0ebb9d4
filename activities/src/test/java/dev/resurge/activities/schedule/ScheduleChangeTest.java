package dev.resurge.activities.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.runbook.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleChangeTest {
  private static final Schedule NIGHTLY = backup("nightly", "0 2 * * *");
  private static final Schedule HOURLY = backup("hourly", "5 * * * *");

  @Test
  void whatIsWantedAndNotKeptIsCreated() {
    assertThat(between(Map.of("library", List.of(NIGHTLY, HOURLY))))
        .containsExactly("create library/hourly", "create library/nightly");
  }

  @Test
  void whatIsKeptAsItIsWantedIsLeftAlone() {
    assertThat(between(Map.of("library", List.of(NIGHTLY)), kept("library", NIGHTLY))).isEmpty();
  }

  @Test
  void whatIsKeptInAnotherFormIsUpdated() {
    var before = backup("nightly", "0 3 * * *");

    assertThat(between(Map.of("library", List.of(NIGHTLY)), kept("library", before)))
        .containsExactly("update library/nightly");
  }

  @Test
  void whatTheRunbookHasNoLongerIsRemoved() {
    assertThat(
            between(
                Map.of("library", List.of(NIGHTLY)),
                kept("library", NIGHTLY),
                kept("library", HOURLY)))
        .containsExactly("remove library/hourly");
  }

  @Test
  void ofASystemThatIsNotLookedAtAllStays() {
    assertThat(between(Map.of("library", List.of()), kept("shop", NIGHTLY))).isEmpty();
  }

  private static List<String> between(Map<String, List<Schedule>> wanted, KeptSchedule... kept) {
    return ScheduleChange.between(wanted, List.of(kept)).stream()
        .map(change -> change.verb() + " " + change.id())
        .toList();
  }

  private static KeptSchedule kept(String system, Schedule schedule) {
    return new KeptSchedule(
        system,
        schedule.name(),
        new WantedSchedule(system, schedule).digest(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        0,
        0);
  }

  private static Schedule backup(String name, String cron) {
    return new Schedule(
        name,
        Schedule.What.BACKUP,
        cron,
        "UTC",
        List.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        false);
  }
}
