package dev.resurge.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.schedule.KeptSchedule;
import dev.resurge.starter.command.Globals;
import dev.resurge.starter.testing.FakeArchive;
import dev.resurge.starter.testing.FakeRuns;
import dev.resurge.starter.testing.FakeTerminal;
import dev.resurge.starter.testing.FakeWorld;
import dev.resurge.workflows.model.ErrorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulesTest {
  private static final String NIGHTLY =
      """
        schedules:
          - {name: nightly, procedure: backup, cron: "0 2 * * *", timeZone: Europe/Berlin}
      """;

  @TempDir Path folder;
  private final FakeTerminal terminal = new FakeTerminal(true);
  private FakeWorld world;

  @BeforeEach
  void aRunbookWithASchedule() throws IOException {
    Files.createDirectories(folder.resolve("runbooks"));
    write(Files.readString(Path.of("../runbooks/library.yaml")).stripTrailing() + "\n" + NIGHTLY);
    world = new FakeWorld(folder, terminal, new FakeRuns(), new FakeArchive());
  }

  private void write(String runbook) throws IOException {
    Files.writeString(folder.resolve("runbooks/library.yaml"), runbook);
  }

  private int run(String... arguments) {
    return new Main(world, new Globals()).run(arguments);
  }

  private static KeptSchedule kept(String system, String name) {
    return new KeptSchedule(
        system,
        name,
        "of another form",
        false,
        Optional.empty(),
        Optional.of(Instant.parse("2026-11-22T01:00:00Z")),
        Optional.empty(),
        List.of(),
        0,
        0);
  }

  @Test
  void applyHasTemporalKeepWhatRunbooksHaveAndNothingElse() {
    world.fakeSchedules().keeps(kept("library", "old")).keeps(kept("gone", "nightly"));

    assertThat(run("schedules", "apply")).isZero();

    assertThat(world.fakeSchedules().asked())
        .containsExactly("drop gone/nightly", "keep library/nightly", "drop library/old");
    assertThat(terminal.out())
        .containsExactly(
            "removed gone/nightly",
            "created library/nightly: backup at 0 2 * * * (Europe/Berlin)",
            "removed library/old",
            "0 unchanged");
  }

  @Test
  void ofNamedSystemsTheSchedulesOfOthersStay() {
    world.fakeSchedules().keeps(kept("gone", "nightly"));

    assertThat(run("schedules", "apply", "library")).isZero();

    assertThat(world.fakeSchedules().asked()).containsExactly("keep library/nightly");
  }

  @Test
  void aDryRunOnlySaysWhatItWouldDo() {
    world.fakeSchedules().keeps(kept("library", "nightly"));

    assertThat(run("schedules", "apply", "--dry-run")).isZero();

    assertThat(world.fakeSchedules().asked()).isEmpty();
    assertThat(terminal.out().getFirst()).startsWith("would update library/nightly: backup at");
  }

  @Test
  void withoutAnyRunbookNothingIsTouched() throws IOException {
    Files.delete(folder.resolve("runbooks/library.yaml"));
    world.fakeSchedules().keeps(kept("library", "nightly"));

    assertThat(run("schedules", "apply")).isEqualTo(ErrorType.RUNBOOK_UNKNOWN.exitCode());

    assertThat(world.fakeSchedules().asked()).isEmpty();
  }

  @Test
  void withABrokenRunbookNothingIsTouched() throws IOException {
    write("kind: Runbok");
    world.fakeSchedules().keeps(kept("library", "nightly"));

    assertThat(run("schedules", "apply")).isEqualTo(ErrorType.RUNBOOK_INVALID.exitCode());

    assertThat(world.fakeSchedules().asked()).isEmpty();
  }

  @Test
  void listShowsWhatIsWantedAndWhatIsKept() {
    world.fakeSchedules().keeps(kept("library", "old"));

    assertThat(run("schedules", "list")).isZero();

    assertThat(terminal.out()).hasSize(3);
    assertThat(terminal.out().get(1))
        .startsWith("library/nightly  backup  0 2 * * * Europe/Berlin")
        .endsWith("not kept yet: ./resurge schedules apply");
    assertThat(terminal.out().get(2))
        .startsWith("library/old")
        .contains("2026-11-22 01:00:00Z")
        .endsWith("in no runbook here: ./resurge schedules apply");
  }

  @Test
  void oneIsPausedResumedAndTriggered() {
    run("schedules", "pause", "library", "nightly", "--reason", "disks move");
    run("schedules", "resume", "library", "nightly");
    run("schedules", "trigger", "library", "nightly");

    assertThat(world.fakeSchedules().asked())
        .containsExactly(
            "pause library/nightly (paused by alice: disks move)",
            "resume library/nightly (resumed by alice)",
            "trigger library/nightly");
  }
}
