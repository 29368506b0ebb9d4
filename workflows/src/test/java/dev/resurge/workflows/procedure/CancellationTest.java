package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Verdict;
import io.temporal.client.WorkflowStub;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a restore is cancelled or aborted, one world is live, whole, and it runs. */
final class CancellationTest {
  private static final Map<String, String> OLD = Map.of("database", "old", "files", "old");
  private final Stage stage = new Stage(new RunbookBuilder().build());

  @AfterEach
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preflight",
        "plan",
        "capture database",
        "commit",
        "stage database",
        "stage files",
        "verifyStaged files",
        "checkStaged"
      })
  void cancelledBeforeTheCutOverNothingLiveWasTouched(String step) {
    var run = cancelledAt(step);
    stage.failure(run);
    assertThat(stage.evidence().verdict()).isEqualTo(Verdict.ABORTED);
    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(stage.world.calls).doesNotContain("quiesce");
    if (step.startsWith("stage") || step.contains("taged")) {
      assertThat(stage.world.discarded).contains("database", "files");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quiesce", "swap database", "swap files", "resume", "checkHealth"})
  void cancelledInTheCutOverItGoesBackAndRuns(String step) {
    var run = cancelledAt(step);
    stage.approve(run, "alice");
    stage.failure(run);
    assertThat(stage.evidence().verdict()).isEqualTo(Verdict.SWAPPED_BACK);
    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(stage.world.running).isTrue();
    assertThat(stage.world.journal).last().matches(entry -> entry.state().settled());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage files", "swap files", "checkHealth"})
  void abortedByAPersonItEndsTheSameWayButWithAResult(String step) {
    holdTheOther(step);
    stage.world.next(
        step,
        () -> {
          var run = stage.workflow("library/restore");
          stage.answer(
              run,
              Decision.Kind.DECIDE,
              stage.status(run).plan().orElseThrow().code(),
              "abort",
              "bob");
          FakeWorld.workUntilCancelled();
        });
    var run = stage.start(Procedure.RESTORE);
    if (!step.startsWith("stage")) {
      stage.approve(run, "alice");
    }
    var result = stage.result(run);
    assertThat(result.verdict())
        .contains(step.startsWith("stage") ? Verdict.ABORTED : Verdict.SWAPPED_BACK);
    assertThat(result.summary()).contains("bob");
    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(stage.world.running).isTrue();
  }

  private void awaitSecondCapture() {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (Collections.frequency(stage.world.calls, "capture database") < 2) {
      assertThat(System.nanoTime()).as("the backup captures").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void abortedWhileItWaitsForTheDataLockNothingIsSwappedAfterwards() {
    stage.world.next(
        "checkStaged",
        () -> {
          stage.start(Procedure.BACKUP);
          awaitSecondCapture(); // then the backup holds the data lock
        });
    stage.world.next("capture files", () -> {}); // the safety set's
    stage.world.next(
        "capture files",
        () -> {
          var restore = stage.workflow("library/restore");
          var waiting =
              stage.await(
                  restore,
                  s -> s.steps().stream().anyMatch(x -> x.name().startsWith("wait for library/")));
          var plan = waiting.plan().orElseThrow().code();
          assertThat(stage.answer(restore, Decision.Kind.DECIDE, plan, "abort", "bob").accepted())
              .isTrue();
        });
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.ABORTED);
    stage.result(stage.workflow("library/backup"));
    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(stage.world.calls).doesNotContain("quiesce");
    assertThat(stage.world.discarded).contains("database", "files");
  }

  private WorkflowStub cancelledAt(String step) {
    holdTheOther(step);
    stage.world.next(
        step,
        () -> {
          stage.workflow("library/restore").cancel();
          FakeWorld.workUntilCancelled();
        });
    return stage.start(Procedure.RESTORE);
  }

  /** Components are staged side by side; see {@link FakeWorld#workUntilCancelled}. */
  private void holdTheOther(String step) {
    if (step.startsWith("stage ")) {
      stage.world.next(
          step.equals("stage files") ? "stage database" : "stage files",
          FakeWorld::workUntilCancelled);
    }
  }
}
