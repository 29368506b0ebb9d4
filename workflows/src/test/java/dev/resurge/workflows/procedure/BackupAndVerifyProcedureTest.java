package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BackupAndVerifyProcedureTest {
  private Stage stage = new Stage(new RunbookBuilder().build());

  @AfterEach
  void close() {
    stage.close();
  }

  private void withRunbook(RunbookBuilder runbook) {
    stage.close();
    stage = new Stage(runbook.build());
  }

  @Test
  void aBackupCapturesInRunbookOrderCommitsAndLeavesEvidence() {
    var result = stage.result(stage.start(Procedure.BACKUP));
    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(result.set()).isPresent();
    assertThat(stage.world.calls)
        .containsSubsequence(
            "load",
            "preflight",
            "capture database",
            "capture files",
            "commit",
            "compare",
            "evidence");
    assertThat(stage.world.committed).containsExactly(SetKind.MANUAL);
    assertThat(stage.evidence().steps()).anyMatch(s -> s.name().equals("capture"));
  }

  @Test
  void aBackupOfOneComponentCapturesNothingElse() {
    stage.only = List.of("files");

    var result = stage.result(stage.start(Procedure.BACKUP));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls).contains("capture files").doesNotContain("capture database");
  }

  @Test
  void aBackupOnScheduleSaysSoOnItsSet() {
    stage.schedule = Optional.of("nightly");

    var result = stage.result(stage.start(Procedure.BACKUP));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.committed).containsExactly(SetKind.SCHEDULED);
    assertThat(stage.world.labels).containsExactly(Map.of("schedule", "nightly"));
  }

  @Test
  void aRunThatAScheduleStartsComesInItsTurnAndAnswersWhatBecameOfIt() {
    stage.world.fail("capture files", ErrorType.PROGRAM_MISSING);
    var first = stage.start(Procedure.BACKUP);
    stage.await(first, s -> s.question().isPresent());
    stage.schedule = Optional.of("nightly");

    var second = stage.start(Procedure.BACKUP, "library/backup/nightly-2026-11-22T02:00:00Z");
    var third = stage.start(Procedure.BACKUP, "library/backup/hourly-2026-11-22T02:00:00Z");
    stage.await(third, s -> s.phase().equals("waiting for its turn"));
    assertThat(stage.world.committed).isEmpty();
    stage.decide(first, "retry", "alice");

    assertThat(stage.result(first).verdict()).contains(Verdict.PASS);
    assertThat(stage.result(second).verdict()).contains(Verdict.PASS);
    assertThat(stage.result(third).verdict()).contains(Verdict.PASS);
    assertThat(stage.result(second).run()).isNotEqualTo(stage.result(third).run());
    assertThat(stage.world.committed)
        .containsExactly(SetKind.MANUAL, SetKind.SCHEDULED, SetKind.SCHEDULED);
  }

  @Test
  void aQuiescedBackupResumesAlsoWhenTheCaptureFails() {
    withRunbook(new RunbookBuilder().spec("consistency", "\"quiesced\""));
    stage.world.fail("capture files", ErrorType.PROGRAM_MISSING);
    var run = stage.start(Procedure.BACKUP);
    stage.await(run, s -> s.question().isPresent());
    assertThat(stage.world.running).isTrue();
    assertThat(stage.world.calls)
        .containsSubsequence("quiesce", "capture database", "capture files", "resume", "discard");
    stage.decide(run, "retry", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }

  @Test
  void aQuiescedBackupStartsNothingThatSomebodyHadStopped() {
    withRunbook(new RunbookBuilder().spec("consistency", "\"quiesced\""));
    stage.world.running = false;
    assertThat(stage.result(stage.start(Procedure.BACKUP)).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.running).isFalse();
  }

  @Test
  void aBackupDoesNotEndWithTheSystemStopped() {
    withRunbook(new RunbookBuilder().spec("consistency", "\"quiesced\""));
    stage.world.fail("resume", ErrorType.PROGRAM_MISSING); // in the capture
    stage.world.fail("resume", ErrorType.PROGRAM_MISSING); // and again by its run
    var run = stage.start(Procedure.BACKUP);
    stage.await(run, s -> s.question().isPresent());
    stage.decide(run, "retry", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.running).isTrue();
  }

  @Test
  void aSafetySetIsTakenLiveAlsoWhereBackupsAreQuiesced() {
    withRunbook(new RunbookBuilder().spec("consistency", "\"quiesced\""));
    var run = stage.start(Procedure.RESTORE);
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    assertThat(stage.world.committed).containsExactly(SetKind.SAFETY);
    assertThat(stage.world.calls).doesNotContain("quiesce");
    stage.approve(run, "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }

  @Test
  void aCaptureThatKeepsFailingParksWithoutHoldingTheDataLock() {
    stage.world.fail("capture database", ErrorType.AUTHENTICATION_FAILED);
    var backup = stage.start(Procedure.BACKUP);
    stage.await(backup, s -> s.question().isPresent());
    var restore = stage.start(Procedure.RESTORE);
    stage.approve(restore, "alice");
    assertThat(stage.result(restore).verdict()).contains(Verdict.PASS);
    stage.decide(backup, "abort", "alice");
    assertThat(stage.result(backup).verdict()).contains(Verdict.ABORTED);
  }

  @Test
  void whatACaptureThatFailedLeftInTheStoreDoesNotFlawTheSetOfTheNextTry() {
    stage.world.fail("capture files", ErrorType.PROGRAM_MISSING);
    stage.world.fail("discard", ErrorType.PROGRAM_MISSING);
    var run = stage.start(Procedure.BACKUP);
    stage.await(run, s -> s.question().isPresent());
    stage.decide(run, "retry", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }

  @Test
  void aHookAfterTheCaptureRunsAlsoWhenTheCaptureFailed() {
    withRunbook(
        new RunbookBuilder()
            .spec(
                "hooks",
                """
                {"beforeCapture":[{"name":"freeze","command":["x"]}],
                 "afterCapture":[{"name":"thaw","command":["x"]}]}
                """));
    stage.world.fail("capture database", ErrorType.PROGRAM_MISSING);
    var run = stage.start(Procedure.BACKUP);
    stage.await(run, s -> s.question().isPresent());
    assertThat(stage.world.calls)
        .containsSubsequence("hook freeze", "capture database", "hook thaw");
    stage.decide(run, "abort", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.ABORTED);
  }

  @Test
  void cancellingABackupDiscardsWhatItWrote() {
    stage.world.next(
        "capture files",
        () -> {
          stage.workflow("library/backup").cancel();
          FakeWorld.workUntilCancelled();
        });
    stage.failure(stage.start(Procedure.BACKUP));
    assertThat(stage.evidence().verdict()).isEqualTo(Verdict.ABORTED);
    assertThat(stage.world.calls).contains("discard").doesNotContain("commit");
  }

  @Test
  void anUnknownRunbookFailsWithItsTypeAndStillLeavesEvidence() {
    stage.world.fail("load", ErrorType.RUNBOOK_UNKNOWN);
    var result = stage.result(stage.start(Procedure.BACKUP));
    assertThat(result.verdict()).contains(Verdict.REFUSED);
    assertThat(result.failure().orElseThrow().type()).isEqualTo("RunbookUnknown");
    assertThat(stage.evidence().steps()).isNotEmpty();
  }

  @Test
  void aWholeSetVerifies() {
    assertThat(stage.result(stage.start(Procedure.VERIFY)).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls).contains("verifyArtifacts database", "verifyArtifacts files");
    assertThat(stage.world.calls).contains("markVerified").doesNotContain("markBad");
  }

  @Test
  void aSetThatCannotBeMarkedAsVerifiedIsVerifiedNonetheless() {
    stage.world.fail("markVerified", ErrorType.RIGHTS_MISSING);
    assertThat(stage.result(stage.start(Procedure.VERIFY)).verdict()).contains(Verdict.PASS);
    assertThat(stage.evidence().notes())
        .containsExactly("mark set verified failed: markVerified went wrong");
  }

  @Test
  void aDamagedSetIsMarkedBadAndFailsIntegrity() {
    stage.world.artifactChecks.add(
        new CheckResult(
            "database is whole", "set", false, "sha a", "sha b", Duration.ZERO, Optional.empty()));
    assertThat(stage.result(stage.start(Procedure.VERIFY)).verdict())
        .contains(Verdict.FAIL_INTEGRITY);
    assertThat(stage.world.calls).contains("markBad").doesNotContain("markVerified");
  }

  @Test
  void aSetThatIsUnknownIsRefusedAndNotParked() {
    stage.world.fail("chooseSet", ErrorType.SET_UNKNOWN);
    var result = stage.result(stage.start(Procedure.VERIFY));
    assertThat(result.verdict()).contains(Verdict.REFUSED);
    assertThat(result.failure().orElseThrow().type()).isEqualTo("SetUnknown");
  }
}
