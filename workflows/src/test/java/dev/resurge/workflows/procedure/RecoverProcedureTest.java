package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RecoverProcedureTest {
  private final Stage stage = new Stage(new RunbookBuilder().build());

  @BeforeEach
  void nothingIsThere() {
    stage.world.live.clear();
    stage.world.running = false;
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void whatASetHoldsIsBuiltPlacedAndStarted() {
    var run = stage.start(Procedure.RECOVER);
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    assertThat(stage.world.calls).doesNotContain("prepare database", "stage database");

    stage.approve(run, "alice");
    var result = stage.result(run);

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "new", "files", "new"));
    assertThat(stage.world.running).isTrue();
    assertThat(stage.world.calls)
        .containsSubsequence(
            "preflight",
            "plan",
            "prepare database",
            "stage database",
            "verifyStaged database",
            "journal OPENED",
            "swap database",
            "resume",
            "checkHealth",
            "journal SETTLED_HEALTHY",
            "evidence")
        .doesNotContain("capture database");
    var evidence = stage.evidence();
    assertThat(evidence.plan().orElseThrow().components())
        .allSatisfy(c -> assertThat(c.strategy()).isEqualTo(Strategy.PLACED));
    assertThat(evidence.retained()).isEmpty();
    assertThat(evidence.measures()).isNotEmpty();
  }

  @Test
  void whatIsInTheWayRefusesBeforeAnythingIsMade() {
    stage.world.findings.add(
        Finding.error(ErrorType.TARGET_OCCUPIED, "component database", "it is there already"));

    var result = stage.result(stage.start(Procedure.RECOVER));

    assertThat(result.verdict()).contains(Verdict.REFUSED);
    assertThat(stage.world.calls).doesNotContain("prepare database", "stage database");
  }

  @Test
  void aCopyThatDoesNotVerifyNeedsAnotherApprovalOnceItDoes() {
    stage.world.stagedChecks.add(
        new CheckResult("rows", "staged", false, "2", "1", Duration.ZERO, Optional.empty()));
    var run = stage.start(Procedure.RECOVER);
    stage.approve(run, "alice");
    stage.await(run, s -> s.question().isPresent());
    stage.world.stagedChecks.clear();
    stage.decide(run, "retry", "alice");
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    assertThat(stage.world.calls).doesNotContain("swap database");

    stage.approve(run, "alice");

    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }
}
