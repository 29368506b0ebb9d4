package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.model.Voucher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RestoreProcedureTest {
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
  void aRestoreStagesVerifiesWaitsForApprovalSwapsAndLeavesEvidence() {
    var run = stage.start(Procedure.RESTORE);
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));

    assertThat(stage.approve(run, "alice").accepted()).isTrue();
    var result = stage.result(run);

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "new", "files", "new"));
    assertThat(stage.world.running).isTrue();
    assertThat(stage.world.committed).containsExactly(SetKind.SAFETY);
    assertThat(stage.world.calls)
        .containsSubsequence(
            "preflight",
            "plan",
            "capture database",
            "capture files",
            "commit",
            "verifyStaged database",
            "journal OPENED",
            "quiesce",
            "swap database",
            "swap files",
            "resume",
            "checkHealth",
            "retain database",
            "journal SETTLED_HEALTHY",
            "discardStaged database", // of attempts that were thought dead
            "releaseSet",
            "evidence");
    var evidence = stage.evidence();
    assertThat(evidence.clocks().healthy()).isPresent();
    assertThat(evidence.retained()).hasSize(2);
    assertThat(evidence.decisions()).hasSize(1);
  }

  @Test
  void anApprovalThatComesBeforeStagingIsDoneCounts() {
    stage.world.next("stage files", () -> assertThat(approveNow()).isTrue());
    var run = stage.start(Procedure.RESTORE);
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }

  private boolean approveNow() {
    return stage.approve(stage.workflow("library/restore"), "alice").accepted();
  }

  @Test
  void aSignalApprovesLikeAnUpdateAndAMalformedOneIsOnlyNoted() {
    var run = stage.start(Procedure.RESTORE);
    var code = stage.await(run, s -> s.plan().isPresent()).plan().orElseThrow().code();
    run.signal("answer", Stage.decision(Decision.Kind.APPROVE, " ", null, "alice"));
    stage.await(run, s -> s.steps().stream().anyMatch(x -> x.name().equals("malformed answer")));
    run.signal("answer", Stage.decision(Decision.Kind.APPROVE, code, null, "alice"));
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }

  @Test
  void aRejectionEndsTheRunAndNamesWhoSaidSo() {
    stage.world.next("capture database", FakeWorld::workUntilCancelled);
    var run = stage.start(Procedure.RESTORE);
    var code = stage.await(run, s -> s.plan().isPresent()).plan().orElseThrow().code();
    assertThat(stage.answer(run, Decision.Kind.REJECT, code, null, "carol").accepted()).isTrue();
    var result = stage.result(run);
    assertThat(result.verdict()).contains(Verdict.REJECTED);
    assertThat(result.summary()).contains("carol");
    assertThat(stage.world.calls).doesNotContain("quiesce");
  }

  @Test
  void anAnswerByALinkCountsOnceAndWhatCannotBeProvedIsRecordedButDoesNotCount() {
    var run = stage.start(Procedure.RESTORE);
    var code = stage.await(run, s -> s.plan().isPresent()).plan().orElseThrow().code();
    var voucher = new Voucher(Voucher.Channel.LINK, "nonce", Instant.MAX, "");
    var approval = Stage.decision(Decision.Kind.APPROVE, code, null, "alice").with(voucher);
    stage.world.flicker("prove", 2);

    var untold = run.update("answer", DecisionAnswer.class, approval);
    var taken = run.update("answer", DecisionAnswer.class, approval);
    var other = Stage.decision(Decision.Kind.REJECT, code, null, "alice").with(voucher);
    var again = run.update("answer", DecisionAnswer.class, other);

    assertThat(untold.accepted()).isFalse();
    assertThat(untold.answer()).contains("not taken", "prove went wrong");
    assertThat(taken.accepted()).isTrue();
    assertThat(again.answer()).contains("used already");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    var decisions = stage.evidence().decisions();
    assertThat(decisions).extracting(d -> d.accepted()).containsExactly(false, true, false);
    assertThat(decisions.get(1).by()).isEqualTo(new Person("alice", "link", true));
  }

  @Test
  void aPayloadThatCallsItselfAuthenticatedIsNotBelieved() {
    var liar = Optional.of(new Person("asker", "test", true));
    var run = stage.start(Procedure.RESTORE, "library/restore", liar);
    stage.approve(run, "alice");
    stage.result(run);
    assertThat(stage.evidence().requester().authenticated()).isFalse();
  }

  @Test
  void preflightErrorsRefuseTheRunAndAllAreTold() {
    stage.world.findings.add(Finding.error(ErrorType.NOT_ENOUGH_SPACE, "files", "1 GB free"));
    stage.world.findings.add(Finding.error(ErrorType.RIGHTS_MISSING, "database", "no CREATEDB"));
    var result = stage.result(stage.start(Procedure.RESTORE));
    assertThat(result.verdict()).contains(Verdict.REFUSED);
    assertThat(result.summary()).contains("1 GB free").contains("no CREATEDB");
    assertThat(stage.world.calls).doesNotContain("plan", "quiesce").contains("evidence");
  }

  @Test
  void badHealthAfterTheCutOverSwapsBackByItself() {
    stage.world.healthChecks.add(failedCheck("health", "healthy"));
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    var result = stage.result(run);
    assertThat(result.verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
    assertThat(stage.world.running).isTrue();
    assertThat(stage.world.journal).last().matches(e -> e.state() == State.SETTLED_BACK);
    assertThat(stage.evidence().retained()).allMatch(r -> r.why().equals("rejected"));
    assertThat(stage.evidence().clocks().healthy()).isEmpty();
  }

  @Test
  void aStopThatCameLateIsMadeGoodBeforeTheEnd() {
    stage.world.next("retain files", () -> stage.world.running = false);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.running).isTrue();
    assertThat(stage.world.calls)
        .containsSubsequence("resume", "retain files", "resume", "journal SETTLED_HEALTHY");
  }

  @Test
  void whenTheSecondSwapFailsBothComponentsGoBack() {
    stage.world.fail("swap files", ErrorType.PROGRAM_MISSING);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
    assertThat(stage.world.calls)
        .containsSubsequence("swap database", "swap files", "swapBack database", "resume");
    assertThat(stage.evidence().retained()).extracting(r -> r.component()).containsOnly("database");
    assertThat(stage.world.discarded).contains("files");
  }

  @Test
  void aWorkloadThatDoesNotStopBringsNothingDown() {
    stage.world.fail("quiesce", ErrorType.PROGRAM_MISSING);
    stage.world.next(
        "quiesce",
        () -> {
          throw new IllegalStateException("stopped again although nothing had moved");
        });
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.running).isTrue();
  }

  @Test
  void aStoreThatIsAwayDoesNotKeepASystemFromGoingBack() {
    stage.world.healthChecks.add(failedCheck("health", "healthy"));
    stage.world.flicker("journal GOING_BACK", 5);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    stage.await(run, s -> s.question().isPresent());
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
    assertThat(stage.world.running).isTrue();
    stage.decide(run, "retry", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.journal).last().matches(e -> e.state() == State.SETTLED_BACK);
  }

  @Test
  void aCutOverThatOutlastsItsBudgetGoesBack() {
    withRunbook(new RunbookBuilder().spec("restore", "{\"cutOverBudget\":\"2s\"}"));
    stage.world.flicker("swap files", 100);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.evidence().failure().orElseThrow().type()).isEqualTo("CutOverBudget");
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
  }

  @Test
  void goingBackThatKeepsFailingAsksAndNeverResumesOnMixedData() {
    stage.world.healthChecks.add(failedCheck("health", "healthy"));
    stage.world.flicker("swapBack files", 5);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    var asked = stage.await(run, s -> s.question().isPresent());
    assertThat(asked.question().orElseThrow().choices()).containsExactly("retry");
    assertThat(stage.world.running).isFalse();
    assertThat(stage.decide(run, "retry", "alice").accepted()).isTrue();
    assertThat(stage.result(run).verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
  }

  @Test
  void aTargetChangedInMidCutOverWaitsForAPerson() {
    stage.world.fail("swap files", ErrorType.TARGET_CHANGED);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    var asked = stage.await(run, s -> s.question().isPresent()).question().orElseThrow();
    assertThat(asked.choices()).containsExactly("retry", "rollback");
    stage.decide(run, "retry", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "new", "files", "new"));
  }

  @Test
  void anAbortWhereNoDirectionIsSafeWalksBack() {
    stage.world.fail("swap files", ErrorType.TARGET_CHANGED);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    stage.await(run, s -> s.question().isPresent());
    stage.decide(run, "abort", "bob");
    var result = stage.result(run);
    assertThat(result.verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
    assertThat(stage.world.running).isTrue();
  }

  @Test
  void goingBackGoesOnByItselfOnceWhatFailedWorksAgain() {
    stage.world.healthChecks.add(failedCheck("health", "healthy"));
    stage.world.flicker("swapBack files", 12);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
    assertThat(stage.world.running).isTrue();
  }

  @Test
  void anUnsettledJournalIsFoundAlsoUnderTheLock() {
    stage.world.next("requireSettled", () -> {}); // of the safety set
    stage.world.fail("requireSettled", ErrorType.JOURNAL_UNSETTLED);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    stage.await(run, s -> s.question().isPresent());
    assertThat(stage.world.calls).doesNotContain("quiesce");
    stage.decide(run, "abort", "bob");
    assertThat(stage.result(run).verdict()).contains(Verdict.ABORTED);
  }

  @Test
  void aTargetThatChangedBeforeTheCutOverStopsNothingAndParks() {
    stage.world.fail("position files", ErrorType.TARGET_CHANGED);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    var asked = stage.await(run, s -> s.question().isPresent()).question().orElseThrow();
    assertThat(asked.text()).contains("TargetChanged");
    assertThat(stage.world.calls).doesNotContain("quiesce");
    stage.decide(run, "abort", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.ABORTED);
    assertThat(stage.world.discarded).contains("database", "files");
  }

  @Test
  void aStagedCopyThatDoesNotVerifyVoidsTheApproval() {
    stage.world.stagedChecks.add(failedCheck("fingerprint", "staged"));
    stage.world.next("stage files", () -> assertThat(approveNow()).isTrue());
    var run = stage.start(Procedure.RESTORE);
    var parked = stage.await(run, s -> s.question().isPresent());
    var first = parked.decisions().getFirst().code();
    assertThat(parked.plan().orElseThrow().code()).isNotEqualTo(first);
    assertThat(parked.question().orElseThrow().choices()).doesNotContain("skip");

    stage.world.stagedChecks.clear();
    stage.decide(run, "retry", "alice");
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    assertThat(stage.world.discarded).contains("database", "files");
    assertThat(stage.approve(run, "alice").accepted()).isTrue();
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }

  @Test
  void aStepThatFlickersIsRetriedWithoutAskingAnybody() {
    stage.world.flicker("stage database", 4);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls.stream().filter("stage database"::equals)).hasSize(5);
  }

  @Test
  void aSafetyBackupThatFailsIsSkippedOnlyUnderANewApproval() {
    stage.world.fail("capture database", ErrorType.AUTHENTICATION_FAILED);
    var run = stage.start(Procedure.RESTORE);
    assertThat(stage.approve(run, "alice").accepted()).isTrue();
    stage.decide(run, "skip", "alice");
    var waiting = stage.await(run, s -> s.phase().equals("waiting for approval"));
    assertThat(waiting.plan().orElseThrow().warnings()).anyMatch(w -> w.contains("safety"));
    assertThat(stage.approve(run, "alice").accepted()).isTrue();
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.committed).isEmpty();
  }

  @Test
  void anUnapprovedPlanExpiresAndIsEscalatedBefore() {
    withRunbook(
        new RunbookBuilder()
            .spec(
                "approval",
                """
                {"identity":"claimed","expiresAfter":"1h","escalateAfter":"10m","escalateTo":["boss"]}
                """));
    var run = stage.start(Procedure.RESTORE);
    var result = stage.result(run);
    assertThat(result.verdict()).contains(Verdict.REFUSED);
    assertThat(result.failure().orElseThrow().type()).isEqualTo("ApprovalExpired");
    assertThat(stage.evidence().steps())
        .anyMatch(s -> s.name().equals("escalated") && s.detail().orElse("").contains("boss"));
    assertThat(stage.world.discarded).contains("database", "files");
    assertThat(stage.world.calls).doesNotContain("quiesce");
  }

  @Test
  void cancellingWhileWaitingRemovesTheStagedCopiesAndLeavesEvidence() {
    var run = stage.start(Procedure.RESTORE);
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    run.cancel();
    stage.failure(run);
    assertThat(stage.evidence().verdict()).isEqualTo(Verdict.ABORTED);
    assertThat(stage.world.discarded).contains("database", "files");
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
  }

  @Test
  void cancellingInMidCutOverGoesBackAndIsToldInEvidence() {
    stage.world.next(
        "checkHealth",
        () -> {
          stage.workflow("library/restore").cancel();
          FakeWorld.workUntilCancelled();
        });
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    stage.failure(run);
    assertThat(stage.evidence().verdict()).isEqualTo(Verdict.SWAPPED_BACK);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
    assertThat(stage.world.running).isTrue();
  }

  @Test
  void aFailedHookAfterwardsParksAndGoingOnIsAFlaw() {
    withRunbook(
        new RunbookBuilder()
            .spec("hooks", "{\"afterRestore\":[{\"name\":\"reindex\",\"command\":[\"x\"]}]}"));
    stage.world.fail("hook reindex", ErrorType.PROGRAM_MISSING);
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    stage.decide(run, "skip", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.FAIL_INTEGRITY);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "new", "files", "new"));
  }

  @Test
  void aManualCheckAnsweredNoParksAndYesPasses() {
    withRunbook(
        new RunbookBuilder()
            .spec(
                "checks", "[{\"type\":\"manual\",\"name\":\"look\",\"question\":\"all there?\"}]"));
    var run = stage.start(Procedure.RESTORE);
    stage.approve(run, "alice");
    stage.decide(run, "no", "alice");
    stage.await(run, s -> s.question().filter(q -> q.choices().contains("retry")).isPresent());
    stage.decide(run, "retry", "alice");
    stage.await(run, s -> s.question().filter(q -> q.choices().contains("yes")).isPresent());
    stage.decide(run, "yes", "bob");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.evidence().checks())
        .last()
        .matches(c -> c.by().orElseThrow().name().equals("bob"));
  }

  @Test
  void aMissedObjectiveFailsTheObjectiveNotTheRestore() {
    withRunbook(new RunbookBuilder().spec("objectives", "{\"rto\":\"1ms\"}"));
    var run = stage.start(Procedure.RESTORE);
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    stage.sleep(Duration.ofMinutes(5));
    stage.approve(run, "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.FAIL_OBJECTIVE);
  }

  @Test
  void aRestoreWaitsForACaptureAndSaysForWhom() {
    stage.world.next(
        "capture database",
        () -> {
          stage.start(Procedure.RESTORE);
          stage.await(
              stage.workflow("library/restore"),
              s -> s.steps().stream().anyMatch(x -> x.name().startsWith("wait for library/")));
        });
    var backup = stage.start(Procedure.BACKUP);
    var restore = stage.workflow("library/restore");
    assertThat(stage.result(backup).verdict()).contains(Verdict.PASS);
    stage.approve(restore, "alice");
    assertThat(stage.result(restore).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.evidence)
        .anyMatch(e -> e.procedure() == Procedure.RESTORE && !e.waitedFor().isEmpty());
  }

  private static CheckResult failedCheck(String name, String when) {
    return new CheckResult(name, when, false, "200", "503", Duration.ZERO, Optional.empty());
  }

  @Test
  void startedUnderAnotherIdItHandsOverAndASecondOneIsRefused() {
    var first = stage.start(Procedure.RESTORE, "from-the-ui");
    stage.awaitClosed(first);
    assertThat(stage.result(first).handedOverTo()).contains("library/restore");
    var canonical = stage.workflow("library/restore");
    stage.await(canonical, s -> s.phase().equals("waiting for approval"));
    var second = stage.start(Procedure.RESTORE, "from-the-ui-again");
    stage.awaitClosed(second);
    assertThat(Failures.typeOf(stage.failure(second).getCause())).isEqualTo(ErrorType.TARGET_BUSY);
    stage.approve(canonical, "alice");
    assertThat(stage.result(canonical).verdict()).contains(Verdict.PASS);
    assertThat(List.of(stage.evidence().verdict())).containsExactly(Verdict.PASS);
  }
}
