package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.Verdict;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Restores that are not of the whole, not from a set, not beside, or of what is not there. */
final class RestoreVariantsTest {
  private static final RunId EARLIER = new RunId("20261120T020000Z-restore-9abc");
  private Stage stage = new Stage(new RunbookBuilder().build());

  @AfterEach
  void close() {
    stage.close();
  }

  private void withRestore(String settings) {
    stage.close();
    stage = new Stage(new RunbookBuilder().spec("restore", settings).build());
  }

  private void inPlace() {
    withRestore("{\"strategy\":\"inPlace\"}");
  }

  private void with(Scope scope, Optional<RunId> fromRetained) {
    stage.restoreInput =
        asker ->
            new RestoreInput(
                "library", null, Optional.empty(), asker, Optional.empty(), scope, fromRetained);
  }

  private WorkflowStub started() {
    return stage.start(
        Procedure.RESTORE, "library/restore", Optional.of(new Person("asker", "test", false)));
  }

  private RunResult approved() {
    var run = started();
    stage.approve(run, "alice");
    return stage.result(run);
  }

  private List<State> journal() {
    return stage.world.journal.stream().map(JournalEntry::state).toList();
  }

  @Test
  void inPlaceNothingIsRemovedBeforeTheApprovalAndASafetySetTakenWhileQuiesced() {
    inPlace();
    var run = started();
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    assertThat(stage.world.calls).doesNotContain("quiesce", "capture database", "stage database");

    stage.approve(run, "alice");
    var result = stage.result(run);

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls)
        .containsSubsequence(
            "requireAsPlanned",
            "journal OPENED",
            "quiesce",
            "capture database",
            "capture files",
            "commit",
            "journal REMOVING",
            "removeLive database",
            "stage database",
            "removeLive files",
            "stage files",
            "verifyStaged database",
            "journal PLACING",
            "swap database",
            "swap files",
            "resume",
            "checkHealth",
            "journal SETTLED_HEALTHY");
    assertThat(stage.world.live).isEqualTo(Map.of("database", "new", "files", "new"));
    assertThat(stage.world.committed).containsExactly(SetKind.SAFETY);
    assertThat(stage.evidence().safetySet()).isPresent();
    assertThat(stage.evidence().retained()).isEmpty();
    assertThat(stage.world.running).isTrue();
  }

  @Test
  void inPlaceTheWayBackForWhoIsNotContentIsTheSafetySet() {
    stage.close();
    stage =
        new Stage(
            new RunbookBuilder()
                .spec("restore", "{\"strategy\":\"inPlace\"}")
                .spec(
                    "checks",
                    "[{\"type\":\"manual\",\"name\":\"look\",\"question\":\"all there?\"}]")
                .build());
    var run = started();
    stage.approve(run, "alice");
    stage.decide(run, "no", "alice");
    var parked =
        stage.await(run, s -> s.question().filter(q -> q.choices().contains("skip")).isPresent());
    stage.decide(run, "skip", "alice");

    assertThat(stage.result(run).verdict()).contains(Verdict.FAIL_INTEGRITY);
    assertThat(parked.question().orElseThrow().text())
        .endsWith(
            "./resurge restore library --set " + stage.evidence().safetySet().orElseThrow().set());
  }

  @Test
  void inPlaceAFailingSafetySetRemovesNothingAndResumes() {
    inPlace();
    stage.world.fail("capture files", ErrorType.RIGHTS_MISSING);

    var result = approved();

    assertThat(result.verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.calls).doesNotContain("removeLive database").contains("resume");
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
    assertThat(journal()).containsExactly(State.OPENED, State.GOING_BACK, State.SETTLED_BACK);
    assertThat(stage.world.running).isTrue();
  }

  @Test
  void inPlaceAnUnhealthySystemIsLoadedAgainFromTheSafetySet() {
    inPlace();
    stage.world.healthChecks.add(
        new CheckResult("http", "healthy", false, "200", "500", Duration.ZERO, Optional.empty()));

    var result = approved();

    assertThat(result.verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.calls)
        .containsSubsequence(
            "checkHealth",
            "journal GOING_BACK",
            "quiesce",
            "removeRejected database",
            "stage database",
            "swap database",
            "removeRejected files",
            "stage files",
            "swap files",
            "resume",
            "journal SETTLED_BACK");
    assertThat(stage.world.live).isEqualTo(Map.of("database", "old", "files", "old"));
    assertThat(stage.world.running).isTrue();
  }

  @Test
  void inPlaceACopyThatDoesNotVerifyBringsTheSafetySetBack() {
    inPlace();
    stage.world.stagedChecks.add(
        new CheckResult("rows", "staged", false, "2", "1", Duration.ZERO, Optional.empty()));

    var result = approved();

    assertThat(result.verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.calls).doesNotContain("journal PLACING", "checkHealth");
    assertThat(stage.world.stagedFrom.get("files")).isNotEqualTo(FakeWorld.SET);
    assertThat(stage.world.running).isTrue();
  }

  @Test
  void inPlaceWhatWasNotRemovedYetIsNotLoadedAgain() {
    inPlace();
    stage.world.fail("stage database", ErrorType.SET_CORRUPT);

    approved();

    assertThat(stage.world.calls).doesNotContain("removeLive files").contains("reopen files");
    assertThat(stage.world.stagedFrom).doesNotContainKey("files");
    assertThat(stage.world.live.get("files")).isEqualTo("old");
  }

  @Test
  void withSafetyAfterTheReplacedDataIsCapturedOnceHealthyAndThenRemoved() {
    withRestore("{\"safety\":\"after\"}");

    var result = approved();

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls)
        .containsSubsequence(
            "checkHealth",
            "journal SETTLED_HEALTHY",
            "capture database from database-retained",
            "capture files from files-retained",
            "commit",
            "removeRetained database",
            "removeRetained files",
            "evidence");
    assertThat(stage.evidence().safetySet()).isPresent();
    assertThat(stage.evidence().retained()).isEmpty();
  }

  @Test
  void withSafetyAfterAFailedCaptureKeepsWhatWasReplaced() {
    withRestore("{\"safety\":\"after\"}");
    stage.world.fail("capture database from database-retained", ErrorType.RIGHTS_MISSING);
    var run = started();
    stage.approve(run, "alice");

    stage.decide(run, "skip", "alice");
    stage.result(run);

    assertThat(stage.world.calls).doesNotContain("removeRetained database");
    assertThat(stage.evidence().retained()).hasSize(2);
  }

  @Test
  void whatAnEarlierRestoreReplacedIsTakenAsItIsAndSwappedIn() {
    with(Scope.WHOLE, Optional.of(EARLIER));

    var result = approved();

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls)
        .containsSubsequence(
            "planFromRetained",
            "capture database",
            "adopt database",
            "checkStaged",
            "swap database")
        .doesNotContain("chooseSet", "stage database", "verifyStaged database");
    assertThat(stage.evidence().plan().orElseThrow().fromRetained()).contains(EARLIER);
    assertThat(stage.evidence().set()).isEmpty();
  }

  @Test
  void onlyTheChosenComponentsAreTouched() {
    with(new Scope(List.of("database"), Map.of(), List.of(), List.of()), Optional.empty());

    var result = approved();

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.live).isEqualTo(Map.of("database", "new", "files", "old"));
    assertThat(stage.world.calls).doesNotContain("stage files", "capture files", "swap files");
  }

  @Test
  void elsewhereNothingIsStoppedAndNothingLiveIsCaptured() {
    with(new Scope(List.of(), Map.of("database", "copy"), List.of(), List.of()), Optional.empty());

    var result = approved();

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls)
        .contains("stage database", "swap database")
        .doesNotContain("capture database", "stage files");
    assertThat(stage.evidence().plan().orElseThrow().components())
        .allSatisfy(c -> assertThat(c.strategy()).isEqualTo(Strategy.PLACED));
  }

  @Test
  void whatIsNotThereIsBuiltAndNothingOfItIsCaptured() {
    stage.world.live.remove("database");

    var result = approved();

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls).contains("capture files").doesNotContain("capture database");
    assertThat(stage.world.live).isEqualTo(Map.of("database", "new", "files", "new"));
    assertThat(stage.evidence().retained()).hasSize(1);
  }

  @Test
  void singleTablesComeBesideTheLiveOnesOnceApproved() {
    with(new Scope(List.of("database"), Map.of(), List.of("author"), List.of()), Optional.empty());
    var run = started();
    stage.await(run, s -> s.phase().equals("waiting for approval"));
    assertThat(stage.world.calls).doesNotContain("bringPart database");

    stage.approve(run, "alice");
    var result = stage.result(run);

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls)
        .contains("bringPart database")
        .doesNotContain("quiesce", "stage database");
    assertThat(stage.evidence().parts()).hasSize(1);
    assertThat(stage.world.discarded).containsExactly("database"); // its scratch copy
  }

  @Test
  void aComponentThatTheRunbookDoesNotKnowIsRefusedWithTheNearest() {
    with(new Scope(List.of("databse"), Map.of(), List.of(), List.of()), Optional.empty());

    var result = stage.result(started());

    assertThat(result.verdict()).contains(Verdict.REFUSED);
    assertThat(result.summary()).contains("databse", "database");
    assertThat(stage.world.calls).doesNotContain("preflight");
  }
}
