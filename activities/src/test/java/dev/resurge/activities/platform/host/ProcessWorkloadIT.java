package dev.resurge.activities.platform.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.spi.Workloads.State;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Workload.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: an application that notes its process id in a file while it runs. */
class ProcessWorkloadIT {
  private static final String STATUS = "kill -0 $(cat pid 2>/dev/null) 2>/dev/null || exit 3";
  private static final String STOP = "kill $(cat pid); while kill -0 $(cat pid); do :; done 2>&-";
  private static final String FOREGROUND = "env; echo $$ > pid; exec sleep 1000";
  private static final String DAEMON = "setsid sleep 1000 & echo $! > pid; echo up";

  private final ProgramEnvironment environment =
      ProgramEnvironment.from(Map.of("PATH", System.getenv("PATH"), "STORE_KEY", "hunter2"));
  private final HostShell shell = new HostShell(environment, Duration.ofMillis(300));
  private final TestAttempt attempt = new TestAttempt();

  @TempDir Path directory;
  private HostWorkloads workloads;

  @BeforeEach
  void stateFolder() {
    workloads = new HostWorkloads(shell, environment, directory.resolve("state"));
  }

  @AfterEach
  void stopTheApplication() throws IOException {
    shell.close();
    if (Files.exists(directory.resolve("pid"))) {
      applicationHandle().ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void anApplicationInTheForegroundIsStartedSeenRunningAndStopped() {
    var application = workload(FOREGROUND);
    assertThat(workloads.observe(attempt, application).state()).isEqualTo(State.STOPPED);

    workloads.resume(attempt, application);
    assertThat(workloads.observe(attempt, application).state()).isEqualTo(State.RUNNING);

    workloads.quiesce(attempt, application);
    assertThat(workloads.observe(attempt, application).state()).isEqualTo(State.STOPPED);
  }

  @Test
  void anApplicationThatMakesItselfADaemonIsStartedToo() throws IOException {
    workloads.resume(attempt, workload(DAEMON));

    assertThat(applicationHandle()).isPresent();
  }

  @Test
  void aStartedApplicationOutlivesTheAttemptAndTheShell() throws IOException {
    workloads.resume(attempt, workload(FOREGROUND));

    attempt.cancel();
    shell.close();
    shell.endTagged(attempt.run().id().value(), "");

    assertThat(applicationHandle()).isPresent();
  }

  @Test
  void aStartedApplicationHasNeitherOurTagNorOurSecrets() throws IOException {
    workloads.resume(attempt, workload(FOREGROUND));

    assertThat(Files.readString(directory.resolve("state/workloads/library.web.log")))
        .contains("PATH=")
        .doesNotContain("RESURGE_", "hunter2");
  }

  @Test
  void startingWhatRunsAndStoppingWhatIsStoppedDoNothing() throws IOException {
    var application = workload("echo started >> starts; " + FOREGROUND);

    workloads.resume(attempt, application);
    workloads.resume(attempt, application);
    assertThat(directory.resolve("starts")).hasContent("started");

    var stopped = new LocalProcess("web", sh("exit 3"), sh(""), List.of("no-such"), null);
    workloads.quiesce(attempt, stopped);
  }

  @Test
  void aStartThatFailsIsToldWithItsExitCodeAndLastLines() {
    assertFailed(
        () -> workloads.resume(attempt, workload("echo port 8080 is taken >&2; exit 7")),
        "Starting workload 'web'",
        "exited with 7",
        "port 8080 is taken");
  }

  @Test
  void aStartThatFailsBecauseItRunsAlreadyIsASuccess() throws IOException {
    workloads.resume(attempt, workload(DAEMON + "; exit 1"));

    assertThat(applicationHandle()).isPresent();
  }

  @Test
  void aStartThatNeverComesUpIsGivenUpAndNothingOfItIsLeft() throws IOException {
    var never = workload("echo $$ > started; exec sleep 1000", Duration.ofSeconds(1));

    assertFailed(() -> workloads.resume(attempt, never), "not running after 1.0 s", "STOPPED");

    assertThat(find(Files.readString(directory.resolve("started")))).isEmpty();
  }

  @Test
  void aStartThatIsCancelledBeforeItCameUpLeavesNothing() throws Exception {
    var never = workload("echo $$ > started; exec sleep 1000", Duration.ofMinutes(1));
    var cancelling =
        Thread.ofVirtual()
            .start(() -> {
              Poll.until(
                  Duration.ofSeconds(10),
                  Duration.ofMillis(5),
                  () -> directory.resolve("started").toFile().length() > 0);
              attempt.cancel();
            });

    assertThatThrownBy(() -> workloads.resume(attempt, never))
        .isInstanceOf(CancellationException.class);

    cancelling.join();
    assertThat(find(Files.readString(directory.resolve("started")))).isEmpty();
  }

  @Test
  void aStopThatDoesNotStopIsAFailure() {
    var stubborn =
        new LocalProcess("web", sh("exit 0"), sh(""), sh("echo told it"), Duration.ofMillis(500));

    assertFailed(
        () -> workloads.quiesce(attempt, stubborn),
        "Stopping workload 'web'",
        "exited with 0, but its status is RUNNING",
        "told it");
  }

  @Test
  void aStatusThatIsNeitherIsUnknownWithItsWords() {
    var odd = new LocalProcess("web", sh("echo no route; exit 4"), sh(""), sh(""), null);
    var missing = new LocalProcess("web", List.of("no-such"), sh(""), sh(""), null);

    assertThat(workloads.observe(attempt, odd).state()).isEqualTo(State.UNKNOWN);
    assertThat(workloads.observe(attempt, odd).detail()).contains("exited with 4", "no route");
    assertThat(workloads.observe(attempt, missing).state()).isEqualTo(State.UNKNOWN);
    assertThat(workloads.observe(attempt, missing).detail()).contains("'no-such'");
  }

  private void assertFailed(ThrowingCallable action, String... words) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.WORKLOAD_FAILED))
        .hasMessageContainingAll(words);
  }

  private LocalProcess workload(String start) {
    return workload(start, Duration.ofSeconds(10));
  }

  private LocalProcess workload(String start, Duration timeout) {
    return new LocalProcess("web", sh(STATUS), sh(start), sh(STOP), timeout);
  }

  private List<String> sh(String script) {
    return List.of("sh", "-c", "cd \"$1\"; " + script, "sh", directory.toString());
  }

  private java.util.Optional<ProcessHandle> applicationHandle() throws IOException {
    return find(Files.readString(directory.resolve("pid")));
  }

  private static java.util.Optional<ProcessHandle> find(String pid) {
    return new ProcessTable()
        .find(p -> p.pid() == Long.parseLong(pid.strip())).stream()
            .findFirst()
            .flatMap(p -> ProcessHandle.of(p.pid()));
  }
}
