package dev.resurge.activities.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.platform.host.HostShell;
import dev.resurge.activities.platform.host.ProgramEnvironment;
import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Hooks.Hook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookRunnerIT {
  private final HostShell shell = new HostShell(ProgramEnvironment.from(System.getenv()));
  private final HookRunner hooks = new HookRunner(shell);
  private final TestAttempt attempt = new TestAttempt();

  @TempDir Path directory;

  @AfterEach
  void end() {
    shell.close();
  }

  @Test
  void theLastLinesAreHandedBack() {
    assertThat(hooks.run(attempt, hook("seq 1 1000; echo done")))
        .startsWith("982\n")
        .endsWith("1000\ndone");
  }

  @Test
  void aFailureTellsExitCodeAndLastLines() {
    assertThatThrownBy(() -> hooks.run(attempt, hook("echo building; echo no index >&2; exit 9")))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.PROGRAM_FAILED))
        .hasMessageStartingWith("Hook 'reindex' (sh -c")
        .hasMessageContaining("exit code 9")
        .hasMessageEndingWith("building\nno index");
  }

  @Test
  void aHookWhoseTimeIsOverEndsWithAllItStarted() {
    var slow = hook("setsid sleep 1000 & touch begun; wait", Duration.ofMillis(500));

    assertThatThrownBy(() -> hooks.run(attempt, slow))
        .hasMessageContaining("did not end within 0.5 s");

    assertThat(directory.resolve("begun")).exists();
    assertThat(shell.endTagged(attempt.run().id().value(), "")).as("left over").isZero();
  }

  @Test
  void whatAnEarlierAttemptLeftOfItIsEndedFirst() throws Exception {
    var thrown = new AtomicReference<Throwable>();
    var zombie = new TestAttempt(attempt.run());
    var left =
        Thread.ofVirtual()
            .start(() -> {
              try {
                hooks.run(zombie, hook("echo $$ > left; exec sleep 1000"));
              } catch (ResurgeException e) {
                thrown.set(e);
              }
            });
    var file = directory.resolve("left");
    assertThat(
            Poll.until(
                Duration.ofSeconds(10), Duration.ofMillis(5), () -> file.toFile().length() > 0))
        .isTrue();

    hooks.run(attempt, hook("echo alone"));

    left.join();
    assertThat(thrown.get()).hasMessageContaining("exit code 143");
  }

  @Test
  void aCancelledAttemptEndsTheHook() {
    var file = directory.resolve("begun");
    Thread.ofVirtual()
        .start(() -> {
          Poll.until(Duration.ofSeconds(10), Duration.ofMillis(5), () -> file.toFile().exists());
          attempt.cancel();
        });

    assertThatThrownBy(() -> hooks.run(attempt, hook("touch begun; exec sleep 1000")))
        .isInstanceOf(CancellationException.class);
  }

  private Hook hook(String script) {
    return hook(script, Duration.ofSeconds(60));
  }

  private Hook hook(String script, Duration timeout) {
    return new Hook(
        "reindex",
        List.of("sh", "-c", "cd \"$1\"; " + script, "sh", directory.toString()),
        timeout);
  }
}
