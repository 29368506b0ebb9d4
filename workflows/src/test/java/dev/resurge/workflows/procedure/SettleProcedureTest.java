package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Direction;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.SettleInput;
import dev.resurge.workflows.model.Verdict;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cut over is terminated in the middle; then it is settled. */
final class SettleProcedureTest {
  private static final Map<String, String> OLD = Map.of("database", "old", "files", "old");
  private static final Map<String, String> RESTORED = Map.of("database", "new", "files", "new");
  private Stage stage = new Stage(new RunbookBuilder().build());

  @AfterEach
  void close() {
    stage.close();
  }

  private void with(RunbookBuilder runbook) {
    stage.close();
    stage = new Stage(runbook.build());
  }

  private void inPlace() {
    with(new RunbookBuilder().spec("restore", "{\"strategy\":\"inPlace\"}"));
  }

  /** The cut over is terminated when it asks for this, and its run with it. */
  private RunId terminatedAt(String call) {
    var data = stage.terminateAt(call);
    var restore = stage.start(Procedure.RESTORE);
    stage.approve(restore, "alice");
    stage.terminated(data, restore);
    return stage.world.journal.getFirst().run();
  }

  private void unhealthy() {
    stage.world.healthChecks.add(
        new CheckResult("health", "healthy", false, "200", "503", Duration.ZERO, Optional.empty()));
  }

  private WorkflowStub settle() {
    return stage.start(Procedure.SETTLE);
  }

  private RunResult settled(String direction) {
    var run = settle();
    assertThat(stage.decide(run, direction, "alice").accepted()).isTrue();
    return stage.result(run);
  }

  private List<String> offered(WorkflowStub run) {
    return stage.await(run, s -> s.question().isPresent()).question().orElseThrow().choices();
  }

  private List<State> states() {
    return stage.world.journal.stream().map(JournalEntry::state).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quiesce", "swap database", "swap files", "resume", "checkHealth"})
  void whereverItWasTerminatedItIsWalkedForward(String point) {
    var gone = terminatedAt(point);

    var result = settled("forward");

    assertThat(result.verdict()).as(result.summary()).contains(Verdict.PASS);
    assertThat(result.summary()).contains(gone.value(), "restored data is live and healthy");
    assertThat(stage.world.live).isEqualTo(RESTORED);
    assertThat(stage.world.running).isTrue();
    assertThat(states()).containsExactly(State.OPENED, State.GOING_FORWARD, State.SETTLED_HEALTHY);
    assertThat(stage.world.movers).containsExactly(gone);
    assertThat(stage.evidence().retained()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quiesce", "swap database", "swap files", "resume", "checkHealth"})
  void whereverItWasTerminatedItIsWalkedBack(String point) {
    var gone = terminatedAt(point);

    var result = settled("back");

    assertThat(result.verdict()).as(result.summary()).contains(Verdict.PASS);
    assertThat(result.summary()).contains("the old data is live");
    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(stage.world.running).isTrue();
    assertThat(states()).containsExactly(State.OPENED, State.GOING_BACK, State.SETTLED_BACK);
    assertThat(stage.world.movers).containsExactly(gone);
  }

  @Test
  void theSettleRunWritesTheDeadRunsJournalOnAndSaysSo() {
    var gone = terminatedAt("swap files");
    settled("forward");
    assertThat(stage.world.journal)
        .allMatch(e -> e.run().equals(gone))
        .extracting(JournalEntry::number)
        .containsExactly(1, 2, 3);
    assertThat(stage.world.journal.get(1).detail().orElseThrow())
        .contains(stage.evidence().run().value());
  }

  @Test
  void goingBackThatWasTerminatedCanOnlyGoOnBack() {
    unhealthy();
    terminatedAt("swapBack files");
    var run = settle();
    assertThat(offered(run)).containsExactly("back", "retry", "abort");
    stage.decide(run, "back", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(states()).endsWith(State.GOING_BACK, State.GOING_BACK, State.SETTLED_BACK);
  }

  @Test
  void terminatedAfterHealthyItIsKeptForwardWithoutAnotherStop() {
    terminatedAt("retain files");
    var before = stage.world.calls.size();
    assertThat(settled("forward").verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls.subList(before, stage.world.calls.size()))
        .doesNotContain("quiesce", "swap files")
        .contains("checkHealth", "retain database", "retain files");
  }

  @Test
  void goingBackFromRestoredDataSaysWhatIsGivenUp() {
    terminatedAt("retain files");
    var run = settle();
    assertThat(stage.await(run, s -> s.question().isPresent()).question().orElseThrow().text())
        .contains("what was written to the restored data since stays in the rejected copy only");
    stage.decide(run, "back", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(stage.evidence().retained()).allMatch(r -> r.why().equals("rejected"));
  }

  @Test
  void notHealthyOnTheWayForwardItGoesBackAsInACutOver() {
    terminatedAt("swap files");
    unhealthy();
    var result = settled("forward");
    assertThat(result.verdict()).contains(Verdict.SWAPPED_BACK);
    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(stage.world.running).isTrue();
    assertThat(states())
        .containsExactly(State.OPENED, State.GOING_FORWARD, State.GOING_BACK, State.SETTLED_BACK);
  }

  @Test
  void whereSomebodyElseChangedTheWorldNoDirectionIsOfferedUntilItIsPutRight() {
    terminatedAt("swap files");
    stage.world.live.put("database", "a stranger's");
    var run = settle();
    assertThat(offered(run)).containsExactly("retry", "abort");
    var text = stage.status(run).question().orElseThrow().text();
    assertThat(text).contains("NEITHER AS PLANNED", "put the names back", "as found");
    stage.world.live.put("database", "new");
    stage.decide(run, "retry", "bob");
    stage.await(run, s -> s.question().filter(q -> q.choices().contains("back")).isPresent());
    stage.decide(run, "back", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.live).isEqualTo(OLD);
  }

  @Test
  void whatChangesBetweenDecisionAndWalkIsFoundUnderTheLockAndAskedAgain() {
    terminatedAt("swap files");
    var run = settle();
    stage.await(run, s -> s.question().isPresent());
    stage.world.next("whereItStands", () -> stage.world.live.put("files", "a stranger's"));
    stage.decide(run, "forward", "alice");
    stage.await(run, s -> s.question().filter(q -> !q.choices().contains("forward")).isPresent());
    assertThat(stage.status(run).question().orElseThrow().text()).contains("stands otherwise");
    assertThat(states()).containsExactly(State.OPENED);
    stage.world.live.put("files", "old");
    stage.decide(run, "retry", "alice");
    stage.await(run, s -> s.question().filter(q -> q.choices().contains("back")).isPresent());
    stage.decide(run, "back", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }

  @ParameterizedTest
  @CsvSource({"forward, swap files", "back, swapBack database"})
  void aWalkThatIsTerminatedTooIsSettledAgain(String direction, String point) {
    terminatedAt("swap files");
    var data = stage.terminateAt(point);
    var first = settle();
    stage.decide(first, direction, "alice");
    stage.terminated(data, first);

    assertThat(settled("back").verdict()).contains(Verdict.PASS);

    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(stage.world.running).isTrue();
    assertThat(stage.world.journal).extracting(JournalEntry::number).containsExactly(1, 2, 3, 4);
    assertThat(stage.world.unsettledRuns()).isEmpty();
  }

  @Test
  void whatDidNotRunBeforeIsNotStartedOnTheWayBack() {
    stage.world.running = false;
    terminatedAt("swap files");
    settled("back");
    assertThat(stage.world.running).isFalse();
    assertThat(stage.world.live).isEqualTo(OLD);
  }

  @Test
  void nobodyMovesAnythingBeforeAPersonHasDecided() {
    terminatedAt("swap files");
    var run = settle();
    var before = stage.world.live.toString();
    stage.await(run, s -> s.question().isPresent());
    assertThat(answer(run, "forward", "asker").answer()).contains("requesterMayApprove");
    stage.decide(run, "abort", "bob");
    assertThat(stage.result(run).verdict()).contains(Verdict.ABORTED);
    assertThat(stage.world.live.toString()).isEqualTo(before);
    assertThat(states()).containsExactly(State.OPENED);
    assertThat(stage.evidence().summary()).contains("stays unsettled");
  }

  private DecisionAnswer answer(WorkflowStub run, String choice, String by) {
    var code = stage.status(run).question().orElseThrow().code();
    return stage.answer(run, Decision.Kind.DECIDE, code, choice, by);
  }

  @Test
  void evidenceTellsTheStoryAndWhoDecided() {
    var gone = terminatedAt("swap files");
    settled("back");
    Evidence evidence = stage.evidence();
    assertThat(evidence.procedure()).isEqualTo(Procedure.SETTLE);
    assertThat(evidence.notes())
        .anyMatch(n -> n.contains("journal entry 1") && n.contains("opened"))
        .anyMatch(n -> n.contains("database") && n.contains("restored data is live"))
        .anyMatch(n -> n.contains("files") && n.contains("old data is live"))
        .contains("live now: the old data of database, files");
    assertThat(evidence.decisions())
        .anyMatch(d -> d.choice().equals(Optional.of("back")) && d.by().name().equals("alice"));
    assertThat(evidence.plan().orElseThrow().run()).isEqualTo(gone);
    assertThat(evidence.set()).isPresent();
    assertThat(evidence.measures()).isEmpty();
  }

  @Test
  void whatWasStagedAndNeverUsedIsRemovedAndTheSetReleased() {
    terminatedAt("quiesce");
    settled("back");
    assertThat(stage.world.discarded).containsExactly("database", "files");
    assertThat(stage.world.calls.stream().filter("releaseSet"::equals).count())
        .as("for the run that is gone, and for the settle run")
        .isEqualTo(2);
  }

  @Test
  void nothingUnsettledPasses() {
    var result = stage.result(settle());
    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(result.summary()).isEqualTo("Nothing is unsettled.");
  }

  @Test
  void aNamedRunThatIsNotUnsettledIsRefusedAndSaysWhichOnesAre() {
    var gone = terminatedAt("swap files");
    settling(Optional.of(new RunId("20261120T020000Z-restore-9abc")), Optional.empty());
    var result = stage.result(settle());
    assertThat(result.verdict()).contains(Verdict.REFUSED);
    assertThat(result.summary()).contains(gone.value());
  }

  @Test
  void onlyTheDirectionThatWasAskedForIsOffered() {
    terminatedAt("swap files");
    settling(Optional.empty(), Optional.of(Direction.BACK));
    var run = settle();
    assertThat(offered(run)).containsExactly("back", "retry", "abort");
    stage.decide(run, "back", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }

  private void settling(Optional<RunId> run, Optional<Direction> direction) {
    stage.settleInput =
        asker ->
            new SettleInput("library", run, direction, Optional.empty(), Optional.empty(), asker);
  }

  @Test
  void aCutOverThatGoesOnIsNotSettledUnderItsFeet() {
    var settling = new WorkflowStub[1];
    stage.world.next(
        "checkHealth",
        () -> {
          settling[0] = settle();
          stage.awaitClosed(settling[0]);
        });
    var restore = stage.start(Procedure.RESTORE);
    stage.approve(restore, "alice");
    assertThat(stage.result(restore).verdict()).contains(Verdict.PASS);
    var result = stage.result(settling[0]);
    assertThat(result.verdict()).contains(Verdict.REFUSED);
    assertThat(result.failure().orElseThrow().type()).isEqualTo(ErrorType.TARGET_BUSY.id());
    assertThat(result.summary()).contains("./resurge watch library");
  }

  @Test
  void afterForwardTheHooksOfTheRestoreRunAndAFailedOneIsAFlaw() {
    with(
        new RunbookBuilder()
            .spec("hooks", "{\"afterRestore\":[{\"name\":\"reindex\",\"command\":[\"x\"]}]}"));
    terminatedAt("swap files");
    stage.world.fail("hook reindex", ErrorType.PROGRAM_MISSING);
    var run = settle();
    stage.decide(run, "forward", "alice");
    stage.await(run, s -> s.question().filter(q -> q.choices().contains("skip")).isPresent());
    stage.decide(run, "skip", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.FAIL_INTEGRITY);
    assertThat(stage.world.live).isEqualTo(RESTORED);
  }

  @Test
  void inPlaceBeforeTheSafetySetOnlyTheWorkloadsAreStartedAgain() {
    inPlace();
    terminatedAt("capture files");
    var run = settle();
    assertThat(offered(run)).containsExactly("back", "retry", "abort");
    var before = stage.world.calls.size();
    stage.decide(run, "back", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(stage.world.running).isTrue();
    assertThat(stage.world.calls.subList(before, stage.world.calls.size()))
        .doesNotContain("quiesce", "removeRejected database", "stage database");
  }

  @ParameterizedTest
  @CsvSource({
    "removeLive files, forward",
    "stage files, forward",
    "swap files, forward",
    "checkHealth, forward",
    "removeLive files, back",
    "stage files, back",
    "swap files, back"
  })
  void inPlaceItGoesOnFromWhereverItWasTerminated(String point, String direction) {
    inPlace();
    var gone = terminatedAt(point);

    assertThat(settled(direction).verdict()).contains(Verdict.PASS);

    assertThat(stage.world.live).isEqualTo(direction.equals("back") ? OLD : RESTORED);
    assertThat(stage.world.running).isTrue();
    assertThat(stage.world.movers).containsExactly(gone);
    assertThat(stage.world.unsettledRuns()).isEmpty();
    assertThat(stage.world.calls.stream().filter("commit"::equals)).hasSize(1);
  }

  @Test
  void inPlaceDataThatTheApplicationRunsOnIsNotRemoved() {
    inPlace();
    terminatedAt("retain files");
    var run = settle();
    assertThat(offered(run)).containsExactly("forward", "retry", "abort");
    unhealthy();
    stage.decide(run, "forward", "alice");
    var again =
        stage.await(
            run, s -> s.question().filter(q -> q.text().contains("CheckFailed")).isPresent());
    assertThat(again.question().orElseThrow().choices()).doesNotContain("back");
    assertThat(stage.world.live).isEqualTo(RESTORED);
    stage.world.healthChecks.clear();
    stage.decide(run, "forward", "alice");
    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
  }

  @Test
  void inPlaceTheSafetySetThatBearsTheNameAlreadyIsNotLoadedAgain() {
    inPlace();
    unhealthy();
    terminatedAt("retain files");
    var before = stage.world.calls.size();
    assertThat(settled("back").verdict()).contains(Verdict.PASS);
    assertThat(stage.world.live).isEqualTo(OLD);
    assertThat(stage.world.calls.subList(before, stage.world.calls.size()))
        .doesNotContain("stage database", "stage files", "removeRejected files")
        .contains("retain files");
  }
}
