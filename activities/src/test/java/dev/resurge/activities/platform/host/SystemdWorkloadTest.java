package dev.resurge.activities.platform.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.Workloads.State;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Workload.Systemd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a systemctl of our own on the PATH: what it is told is noted, and each {@code show} takes
 * the next line of a file of states.
 */
class SystemdWorkloadTest {
  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      cd "$(dirname "$0")"
      printf '%s\\n' "$*" >> calls
      case "$2" in
        show)
          read -r load active sub < states
          [ "$(wc -l < states)" -gt 1 ] && { tail -n +2 states > next; mv next states; }
          printf 'LoadState=%s\\nActiveState=%s\\nSubState=%s\\n' "$load" "$active" "$sub" ;;
        start) [ ! -e refuses ] || { cat refuses >&2; exit 1; } ;;
      esac
      """;
  private static final String JOURNALCTL =
      """
      #!/bin/sh
      echo "$*"
      echo 'library[812]: cannot read /srv/library/config.yaml'
      """;

  private final TestAttempt attempt = new TestAttempt();
  private final Systemd unit = new Systemd("web", "library.service", Duration.ofSeconds(5));

  @TempDir Path directory;
  private HostWorkloads workloads;

  @BeforeEach
  void fakeSystemd() throws IOException {
    program("systemctl", SYSTEMCTL);
    program("journalctl", JOURNALCTL);
    var environment =
        ProgramEnvironment.from(Map.of("PATH", directory + ":" + System.getenv("PATH")));
    workloads = new HostWorkloads(new HostShell(environment), environment, directory);
  }

  @Test
  void statesAreTold() throws IOException {
    states("loaded active running");
    assertThat(workloads.observe(attempt, unit).state()).isEqualTo(State.RUNNING);
    states("loaded inactive dead");
    assertThat(workloads.observe(attempt, unit).state()).isEqualTo(State.STOPPED);
    states("loaded failed failed");
    assertThat(workloads.observe(attempt, unit).state()).isEqualTo(State.STOPPED);
    states("loaded deactivating stop-sigterm");
    assertThat(workloads.observe(attempt, unit).state()).isEqualTo(State.UNKNOWN);
    assertThat(workloads.observe(attempt, unit).detail())
        .isEqualTo("library.service is deactivating (stop-sigterm)");
  }

  @Test
  void aMisspeltUnitIsNotTakenForAStoppedOne() throws IOException {
    states("not-found inactive dead");

    assertThat(workloads.observe(attempt, unit).state()).isEqualTo(State.UNKNOWN);
    assertThat(workloads.observe(attempt, unit).detail()).contains("library.service", "not-found");
  }

  @Test
  void itIsStoppedAndSeenStopped() throws IOException {
    states("loaded active running", "loaded deactivating stop", "loaded inactive dead");

    workloads.quiesce(attempt, unit);

    assertThat(calls()).containsOnlyOnce("--no-ask-password stop -- library.service");
    assertThat(directory.resolve("states")).hasContent("loaded inactive dead");
  }

  @Test
  void itIsStartedAfterItsUsedUpStartsAreForgotten() throws IOException {
    states("loaded failed failed", "loaded activating start", "loaded active running");

    workloads.resume(attempt, unit);

    assertThat(calls())
        .contains("reset-failed -- library.service\n--no-ask-password start -- library.service");
  }

  @Test
  void startingWhatRunsAndStoppingWhatIsStoppedDoNothing() throws IOException {
    states("loaded active running");
    workloads.resume(attempt, unit);
    states("loaded inactive dead");
    workloads.quiesce(attempt, unit);

    assertThat(calls().lines()).allMatch(line -> line.contains("show"));
  }

  @Test
  void aUnitThatFailsAfterItsStartIsExplainedByItsJournal() throws IOException {
    states("loaded inactive dead", "loaded failed failed");

    assertThatThrownBy(() -> workloads.resume(attempt, unit))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.WORKLOAD_FAILED))
        .hasMessageContainingAll(
            "start library.service succeeded, but then library.service is failed",
            "--unit=library.service --lines=20",
            "cannot read /srv/library/config.yaml");
  }

  @Test
  void aRefusedStartIsExplainedByWhatSystemctlSaid() throws IOException {
    states("loaded inactive dead");
    Files.writeString(directory.resolve("refuses"), "Access denied");

    assertThatThrownBy(() -> workloads.resume(attempt, unit))
        .hasMessageContainingAll("systemctl start library.service exited with 1", "Access denied");
  }

  @Test
  void aUnitThatNeverArrivesIsGivenUpAfterItsTimeout() throws IOException {
    states("loaded active running", "loaded deactivating stop");
    var hasty = new Systemd("web", "library.service", Duration.ofMillis(600));

    assertThatThrownBy(() -> workloads.quiesce(attempt, hasty))
        .hasMessageContaining("after 0.6 s library.service is deactivating");
  }

  @Test
  void aMissingSystemctlIsUnknownToAnObserverAndAnErrorToWhoActs() throws IOException {
    Files.delete(directory.resolve("systemctl"));
    var nowhere = new ProgramEnvironment(Map.of("PATH", directory.toString()));
    var without = new HostWorkloads(new HostShell(nowhere), nowhere, directory);

    assertThat(without.observe(attempt, unit).detail()).contains("'systemctl'");
    assertThatThrownBy(() -> without.resume(attempt, unit))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.PROGRAM_MISSING));
  }

  private void states(String... lines) throws IOException {
    Files.writeString(directory.resolve("states"), String.join("\n", lines) + "\n");
  }

  private String calls() throws IOException {
    return Files.readString(directory.resolve("calls"));
  }

  private void program(String name, String text) throws IOException {
    var file = Files.writeString(directory.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
