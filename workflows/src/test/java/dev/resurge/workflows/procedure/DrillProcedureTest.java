package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Trial;
import dev.resurge.workflows.model.Trial.Outcome;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.model.VerifyInput;
import dev.resurge.workflows.rules.StoreFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Drills, and Verify with level restore. */
final class DrillProcedureTest {
  private static final StoreFacts NO_SET_AT_ALL =
      new StoreFacts(
          Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty(), List.of());

  private Stage stage = new Stage(new RunbookBuilder().build());

  @AfterEach
  void close() {
    stage.close();
  }

  private void withRunbook(RunbookBuilder runbook) {
    stage.close();
    stage = new Stage(runbook.build());
  }

  private RunResult drill() {
    return stage.result(stage.start(Procedure.DRILL));
  }

  private Trial trial() {
    return stage.evidence().trial().orElseThrow();
  }

  private static CheckResult check(String name, boolean passed) {
    return new CheckResult(
        name,
        "staged",
        passed,
        "right",
        passed ? "right" : "wrong",
        Duration.ZERO,
        Optional.empty());
  }

  @Test
  void aDrillStagesVerifiesAsksAndClearsAwayWithProof() {
    stage.world.stagedChecks.add(check("rows", true));
    stage.world.ownChecks.add(check("books are there", true));

    assertThat(drill().verdict()).contains(Verdict.PASS);

    assertThat(stage.world.calls)
        .containsSubsequence(
            "chooseSet",
            "preflight",
            "storeFacts",
            "verifyStaged database",
            "verifyStaged files",
            "checkStaged",
            "discardStaged database",
            "stillStaged database",
            "discardStaged files",
            "stillStaged files",
            "releaseSet",
            "evidence");
    assertThat(stage.world.standing).isEmpty();
    assertThat(trial().parts())
        .extracting(Trial.Part::component)
        .containsExactly("database", "files");
    assertThat(trial().parts()).allMatch(p -> p.restored() == Outcome.PASSED);
    assertThat(trial().parts().getFirst().place()).contains("database-staged");
    assertThat(trial().verification()).isEqualTo(Outcome.PASSED);
    assertThat(trial().checks()).isEqualTo(Outcome.PASSED);
    assertThat(trial().tearDown())
        .isEqualTo(new Trial.TearDown(List.of("database", "files"), List.of()));
    assertThat(trial().nextDue())
        .contains(stage.evidence().clocks().requested().plus(Duration.ofDays(30)));
    assertThat(stage.evidence().steps())
        .filteredOn(s -> s.name().equals("prove nothing is left"))
        .hasSize(2)
        .allMatch(s -> s.detail().equals(Optional.of("nothing")));
  }

  @Test
  void aDrillTouchesNothingLiveAndNeedsNoDataLock() {
    assertThat(drill().verdict()).contains(Verdict.PASS);
    assertThat(stage.world.live)
        .containsOnly(Map.entry("database", "old"), Map.entry("files", "old"));
    assertThat(stage.world.calls)
        .doesNotContain("requireSettled", "quiesce", "resume", "commit", "swap database");
    assertThat(stage.temporal().getWorkflowClient().fetchHistory("library/drill").getEvents())
        .noneMatch(e -> e.hasStartChildWorkflowExecutionInitiatedEventAttributes());
  }

  @Test
  void whatDoesNotVerifyIsTheResultAndNobodyIsAsked() {
    stage.world.stagedChecks.add(check("rows of book", false));

    var result = drill();

    assertThat(result.verdict()).contains(Verdict.FAIL_INTEGRITY);
    assertThat(result.summary()).contains("did not pass", "rows of book");
    assertThat(stage.evidence().steps()).noneMatch(s -> s.outcome() == Step.Outcome.WAITING);
    assertThat(trial().verification()).isEqualTo(Outcome.FAILED);
    assertThat(trial().issues()).isNotEmpty().allMatch(issue -> issue.contains("rows of book"));
    assertThat(trial().actions()).isNotEmpty();
    assertThat(stage.world.standing).isEmpty();
    assertThat(stage.world.calls)
        .as("the copy may differ for another reason")
        .doesNotContain("markBad");
  }

  @Test
  void aFailedCheckOfTheRunbookIsTheResult() {
    stage.world.ownChecks.add(check("books are there", false));
    assertThat(drill().verdict()).contains(Verdict.FAIL_INTEGRITY);
    assertThat(trial().checks()).isEqualTo(Outcome.FAILED);
    assertThat(trial().verification()).isEqualTo(Outcome.NOT_DONE);
    assertThat(stage.evidence().measures())
        .as("what did not pass is not measured, so that it never counts as met")
        .extracting(Measure::actual)
        .containsOnly(Optional.empty());
  }

  @Test
  void aSetThatTurnsOutCorruptIsMarkedBadAndWhatStoodIsCleared() {
    stage.world.fail("stage files", ErrorType.SET_CORRUPT);

    assertThat(drill().verdict()).contains(Verdict.FAIL_INTEGRITY);

    assertThat(stage.world.calls).contains("markBad").doesNotContain("checkStaged");
    assertThat(stage.world.discarded).containsExactly("database", "files");
    assertThat(trial().parts())
        .extracting(Trial.Part::restored)
        .containsExactly(Outcome.PASSED, Outcome.FAILED);
    assertThat(trial().verified()).isEmpty();
    assertThat(trial().actions()).contains(ErrorType.SET_CORRUPT.remedy());
  }

  @Test
  void aServerThatIsAwaySaysNothingAboutTheSet() {
    stage.world.fail("stage database", ErrorType.RIGHTS_MISSING);

    var result = drill();

    assertThat(result.verdict()).contains(Verdict.FAILED);
    assertThat(result.failure().orElseThrow().type()).isEqualTo("RightsMissing");
    assertThat(stage.world.calls).doesNotContain("markBad");
    assertThat(stage.world.discarded).containsExactly("database", "files");
    assertThat(trial().issues()).hasSize(1);
  }

  @Test
  void aCancelledDrillClearsAwayTooAndProvesIt() {
    stage.only = List.of("files"); // two at once: the cancellation could meet the end of the other
    stage.world.standing.put("files", "files-half-built");
    stage.world.next(
        "stage files",
        () -> {
          stage.workflow("library/drill").cancel();
          FakeWorld.workUntilCancelled();
        });

    stage.failure(stage.start(Procedure.DRILL));

    assertThat(stage.evidence().verdict()).isEqualTo(Verdict.ABORTED);
    assertThat(stage.world.standing).isEmpty();
    assertThat(trial().tearDown().proved()).containsExactly("files");
    assertThat(trial().parts()).extracting(Trial.Part::restored).containsExactly(Outcome.NOT_DONE);
  }

  @Test
  void whatCannotBeRemovedIsNamedAndTheDrillDoesNotPass() {
    stage.world.stuck.add("files");

    var result = drill();

    assertThat(result.verdict()).contains(Verdict.FAILED);
    assertThat(result.summary()).contains("files-staged");
    assertThat(trial().tearDown().proved()).containsExactly("database");
    assertThat(trial().tearDown().left()).singleElement().asString().contains("files-staged");
  }

  @Test
  void whatCannotBeLookedForIsNotTakenForGone() {
    stage.world.fail("stillStaged database", ErrorType.RIGHTS_MISSING);
    assertThat(drill().verdict()).contains(Verdict.FAILED);
    assertThat(trial().tearDown().left())
        .singleElement()
        .asString()
        .contains("database-staged", "is not known");
  }

  @Test
  void aDrillThatDoesNotFitSaysSoBeforeItStarts() {
    stage.world.findings.add(
        Finding.error(ErrorType.NOT_ENOUGH_SPACE, "component database", "2 GB free, 5 GB needed"));

    var result = drill();

    assertThat(result.verdict()).contains(Verdict.REFUSED);
    assertThat(result.failure().orElseThrow().type()).isEqualTo("NotEnoughSpace");
    assertThat(stage.world.calls).noneMatch(c -> c.startsWith("stage ") || c.startsWith("discard"));
    assertThat(stage.evidence().trial()).isEmpty();
  }

  @Test
  void onlyTheNamedComponentsAreTried() {
    stage.only = List.of("files");
    assertThat(drill().verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls).contains("stage files").doesNotContain("stage database");
    assertThat(trial().parts()).extracting(Trial.Part::component).containsExactly("files");
    assertThat(trial().tearDown().proved()).containsExactly("files");
  }

  @Test
  void theTimeToAVerifiedCopyIsMeasuredAgainstTheObjective() {
    withRunbook(new RunbookBuilder().spec("objectives", "{\"rto\":\"PT5M\",\"rpo\":\"PT24H\"}"));
    stage.world.facts = Optional.of(FakeWorld.healthyStore(Instant.now()));

    drill();

    assertThat(stage.evidence().measures())
        .extracting(Measure::name)
        .containsExactly(Measures.STAGED_AND_VERIFIED, Measures.RECOVERY_POINT);
    assertThat(stage.evidence().measures().getFirst().met()).contains(true);
    // the set's data is of 1970
    assertThat(stage.evidence().measures().getLast().met()).contains(false);
    assertThat(stage.evidence().verdict()).isEqualTo(Verdict.FAIL_OBJECTIVE);
  }

  @Test
  void aBrokenCriticalRuleFailsTheRunButTheSetIsTriedAllTheSame() {
    stage.world.facts = Optional.of(FakeWorld.healthyStore(Instant.EPOCH));

    var result = drill();

    assertThat(result.verdict()).contains(Verdict.FAIL_INTEGRITY);
    assertThat(result.summary()).contains("critical: a set of today");
    assertThat(trial().verification()).isEqualTo(Outcome.NOT_DONE);
    assertThat(trial().verified()).isPresent();
    assertThat(stage.evidence().checks())
        .filteredOn(c -> c.check().equals("a set of today"))
        .singleElement()
        .satisfies(c -> assertThat(c.severity()).contains(Severity.CRITICAL));
  }

  @Test
  void aBrokenLesserRuleIsSaidAndLeavesPass() {
    withRunbook(new RunbookBuilder().spec("verify", "{\"leastFiles\":\"1MB\"}"));

    var result = drill();

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(result.summary()).contains("Warnings: high: files is not suspiciously small");
    assertThat(stage.evidence().notes()).anyMatch(n -> n.startsWith("high: files"));
  }

  @Test
  void thatThereIsNoSetAtAllIsACriticalResultAndNoMisuse() {
    stage.world.fail("chooseSet", ErrorType.SET_UNKNOWN);
    stage.world.facts = Optional.of(NO_SET_AT_ALL);

    var result = drill();

    assertThat(result.verdict()).contains(Verdict.FAIL_INTEGRITY);
    assertThat(stage.evidence().checks())
        .anyMatch(c -> c.check().equals("a set of today") && !c.passed());
  }

  @Test
  void verifyAtLevelRestoreReadsBackAndThenTriesTheSet() {
    stage.level = VerifyInput.Level.RESTORE;

    var result = stage.result(stage.start(Procedure.VERIFY));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(result.summary()).contains("is whole", "Restored and verified in");
    assertThat(stage.world.calls)
        .containsSubsequence("verifyArtifacts database", "verifyArtifacts files", "checkStaged")
        .containsSubsequence("checkStaged", "discardStaged database", "stillStaged database");
    assertThat(trial().tearDown().proved()).hasSize(2);
  }

  @Test
  void verifyAtLevelRestoreDoesNotTryWhatIsDamaged() {
    stage.level = VerifyInput.Level.RESTORE;
    stage.world.artifactChecks.add(check("database is whole", false));

    var result = stage.result(stage.start(Procedure.VERIFY));

    assertThat(result.verdict()).contains(Verdict.FAIL_INTEGRITY);
    assertThat(result.summary()).contains("is damaged and was marked bad");
    assertThat(stage.world.calls).contains("markBad").noneMatch(c -> c.startsWith("stage "));
    assertThat(stage.evidence().trial()).isEmpty();
  }

  @Test
  void verifyAtLevelChecksumBuildsNothing() {
    assertThat(stage.result(stage.start(Procedure.VERIFY)).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls).noneMatch(c -> c.startsWith("stage "));
    assertThat(stage.evidence().trial()).isEmpty();
  }

  @Test
  void aCriticalRuleFailsVerifyWithoutMarkingTheSet() {
    stage.world.facts = Optional.of(FakeWorld.healthyStore(Instant.EPOCH));

    var result = stage.result(stage.start(Procedure.VERIFY));

    assertThat(result.verdict()).contains(Verdict.FAIL_INTEGRITY);
    assertThat(result.summary()).contains("critical: a set of today").doesNotContain("damaged");
    assertThat(stage.world.calls).doesNotContain("markBad");
  }

  @Test
  void aSetThatPassedWholeIsMarkedVerified() {
    assertThat(drill().verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls).contains("markVerified");
  }

  @Test
  void aBrokenRuleSaysNothingAgainstTheSetThatWasTried() {
    stage.world.facts = Optional.of(FakeWorld.healthyStore(Instant.EPOCH));
    assertThat(drill().verdict()).contains(Verdict.FAIL_INTEGRITY);
    assertThat(stage.world.calls).contains("markVerified");
  }

  @Test
  void aSetOfWhichOnlyAPartWasTriedIsNotMarkedVerified() {
    stage.only = List.of("files");
    drill();
    assertThat(stage.world.calls).doesNotContain("markVerified");
  }

  @Test
  void aSetThatDidNotPassATryIsNotMarkedVerifiedThoughEveryByteIsThere() {
    stage.level = VerifyInput.Level.RESTORE;
    stage.world.ownChecks.add(check("books are there", false));
    assertThat(stage.result(stage.start(Procedure.VERIFY)).verdict())
        .contains(Verdict.FAIL_INTEGRITY);
    assertThat(stage.world.calls).doesNotContain("markVerified", "markBad");
  }
}
