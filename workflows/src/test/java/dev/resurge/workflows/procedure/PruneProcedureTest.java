package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PruneProcedureTest {
  private static final RunId OLD_RESTORE = new RunId("20261021T031500Z-restore-7f2c");
  private Stage stage = new Stage(new RunbookBuilder().spec("retention", "{}").build());

  @AfterEach
  void close() {
    stage.close();
  }

  private void withoutRetention() {
    stage.close();
    stage = new Stage(new RunbookBuilder().build());
  }

  private List<String> notes() {
    return stage.evidence().notes();
  }

  @Test
  void setsGoOneByOneTheOldestFirstAndEachIsInTheReportWithItsReason() {
    var oldest = stage.pruning.fate(false);
    var older = stage.pruning.fate(false);
    var newest = stage.pruning.fate(true);

    var result = stage.result(stage.start(Procedure.PRUNE));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(result.summary()).isEqualTo("2 sets removed, 1 kept.");
    assertThat(stage.pruning.removed).containsExactly(oldest.set(), older.set());
    assertThat(stage.world.calls)
        .containsSubsequence(
            "load",
            "preflight",
            "requireSettled",
            "decideFates",
            "removeSet " + oldest.set(),
            "removeSet " + older.set(),
            "sweepLeftovers",
            "expiredCopies",
            "evidence");
    assertThat(notes())
        .contains(
            "stays: " + newest.set() + " (manual): because",
            "goes: " + older.set() + " (manual): because",
            "goes: " + oldest.set() + " (manual): because",
            "removed what a crashed run left of set 20261101T020000Z-dead",
            "removed staged copy .library.resurge-dead, which run"
                + " 20261101T020000Z-restore-dead left",
            "what lies under x is left alone",
            "y is kept for another 3 d 0 h");
  }

  @Test
  void aDryRunRemovesNothingAndSaysWhatItWould() {
    stage.dryRun = true;
    var going = stage.pruning.fate(false);
    stage.pruning.fate(true);
    stage.pruning.copy("database", OLD_RESTORE, Optional.of(FakeWorld.SET));
    stage.pruning.copy("files", OLD_RESTORE, Optional.empty());

    var run = stage.start(Procedure.PRUNE);
    var result = stage.result(run);

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(result.summary()).isEqualTo("1 set would go, 1 would stay; nothing was removed.");
    assertThat(stage.pruning.removed).isEmpty();
    assertThat(stage.world.committed).isEmpty();
    assertThat(stage.world.calls)
        .contains("look for leftovers")
        .noneMatch(call -> call.startsWith("remove") || call.equals("sweepLeftovers"));
    assertThat(notes())
        .contains(
            "goes: " + going.set() + " (manual): because",
            "would remove what a crashed run left of set 20261101T020000Z-dead",
            "would remove retained copy database-retained, which set " + FakeWorld.SET + " holds",
            "would remove retained copy files-retained, after a set of it");
    assertThat(stage.status(run).fates()).containsExactlyElementsOf(stage.pruning.fates);
  }

  @Test
  void aSetThatClingsStaysWithItsReason() {
    var going = stage.pruning.fate(false);
    stage.pruning.clings.put(going.set(), "claimed by run x");

    var run = stage.start(Procedure.PRUNE);

    assertThat(stage.result(run).summary()).isEqualTo("0 sets removed, 1 kept.");
    assertThat(notes()).contains("stays: " + going.set() + " (manual): claimed by run x");
    assertThat(stage.status(run).fates()).extracting(SetFate::stays).containsExactly(true);
    assertThat(stage.evidence().steps())
        .anyMatch(s ->
            s.name().equals("remove set " + going.set())
                && s.detail().equals(Optional.of("stays after all: claimed by run x")));
  }

  @Test
  void whatIsTooMuchForOneRunIsSaid() {
    stage.pruning.more = 7;

    stage.result(stage.start(Procedure.PRUNE));

    assertThat(notes()).contains("7 more sets are to go; prune again to remove them");
  }

  @Test
  void anUnsettledJournalRefusesBeforeAnythingIsDecided() {
    stage.pruning.fate(false);
    stage.world.fail("requireSettled", ErrorType.JOURNAL_UNSETTLED);

    var result = stage.result(stage.start(Procedure.PRUNE));

    assertThat(result.verdict()).contains(Verdict.REFUSED);
    assertThat(result.summary())
        .isEqualTo("No set was removed. Then it ended: requireSettled went wrong");
    assertThat(stage.world.calls).doesNotContain("decideFates");
    assertThat(stage.pruning.removed).isEmpty();
  }

  @Test
  void aFindingOfPreflightRefuses() {
    stage.pruning.fate(false);
    stage.world.findings.add(Finding.error(ErrorType.STORE_UNAVAILABLE, "store", "is away"));

    assertThat(stage.result(stage.start(Procedure.PRUNE)).verdict()).contains(Verdict.REFUSED);
    assertThat(stage.pruning.removed).isEmpty();
  }

  @Test
  void aRemovalThatKeepsFailingWaitsForAPersonWhoMaySkipIt() {
    var stubborn = stage.pruning.fate(false);
    var other = stage.pruning.fate(false);
    stage.world.fail("removeSet " + stubborn.set(), ErrorType.SET_CORRUPT);

    var run = stage.start(Procedure.PRUNE);
    stage.await(run, s -> s.question().isPresent());
    assertThat(stage.pruning.removed).isEmpty();
    stage.decide(run, "skip", "alice");

    assertThat(stage.result(run).summary()).isEqualTo("1 set removed, 1 kept.");
    assertThat(stage.pruning.removed).containsExactly(other.set());
    assertThat(notes())
        .contains(
            "removing set " + stubborn.set() + " was skipped",
            "stays: " + stubborn.set() + " (manual): left alone by a person's decision");
  }

  @Test
  void abortingLeavesTheRestAndSaysWhatWentBefore() {
    var first = stage.pruning.fate(false);
    var second = stage.pruning.fate(false);
    stage.world.fail("removeSet " + second.set(), ErrorType.SET_CORRUPT);

    var run = stage.start(Procedure.PRUNE);
    stage.await(run, s -> s.question().isPresent());
    stage.decide(run, "abort", "alice");

    assertThat(stage.result(run).verdict()).contains(Verdict.ABORTED);
    assertThat(stage.pruning.removed).containsExactly(first.set());
    assertThat(stage.world.calls).doesNotContain("sweepLeftovers");
  }

  @Test
  void retainedCopiesGoOnlyAfterASetOfThemIsCommitted() {
    stage.pruning.copy("database", OLD_RESTORE, Optional.empty());
    stage.pruning.copy("files", OLD_RESTORE, Optional.of(FakeWorld.SET));

    var result = stage.result(stage.start(Procedure.PRUNE));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(stage.world.committed).containsExactly(SetKind.SAFETY);
    assertThat(stage.world.calls)
        .containsSubsequence(
            "requireSettled",
            "capture database from database-retained",
            "commit",
            "removeRetained database",
            "removeRetained files")
        .doesNotContain("capture files from files-retained", "quiesce");
    assertThat(notes())
        .contains("removed retained copy files-retained, which set " + FakeWorld.SET + " holds");
  }

  @Test
  void whatSeveralRunsLeftGoesIntoASetForEach() {
    var newer = new RunId("20261022T031500Z-restore-0001");
    stage.pruning.copy("database", newer, Optional.empty());
    stage.pruning.copy("files", newer, Optional.empty());
    stage.pruning.copy("database", OLD_RESTORE, Optional.empty());

    stage.result(stage.start(Procedure.PRUNE));

    assertThat(stage.world.committed).containsExactly(SetKind.SAFETY, SetKind.SAFETY);
    assertThat(stage.world.calls)
        .containsSubsequence(
            "capture database from database-retained",
            "commit",
            "removeRetained database",
            "capture database from database-retained",
            "capture files from files-retained",
            "commit",
            "removeRetained database",
            "removeRetained files");
  }

  @Test
  void aRetainedCopyThatCannotBeCapturedIsKept() {
    stage.pruning.copy("database", OLD_RESTORE, Optional.empty());
    stage.world.fail("capture database from database-retained", ErrorType.AUTHENTICATION_FAILED);

    var run = stage.start(Procedure.PRUNE);
    stage.await(run, s -> s.question().isPresent());
    stage.decide(run, "skip", "alice");

    assertThat(stage.result(run).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls).doesNotContain("removeRetained database");
    assertThat(notes()).contains("capturing what run " + OLD_RESTORE + " left was skipped");
  }

  @Test
  void withoutRetentionNoCopyIsLookedAt() {
    withoutRetention();
    stage.pruning.copy("database", OLD_RESTORE, Optional.of(FakeWorld.SET));

    assertThat(stage.result(stage.start(Procedure.PRUNE)).verdict()).contains(Verdict.PASS);
    assertThat(stage.world.calls).contains("sweepLeftovers").doesNotContain("expiredCopies");
  }

  @Test
  void aBackupEndsWithAPrune() {
    stage.pruning.fate(true);
    var going = stage.pruning.fate(false);

    var result = stage.result(stage.start(Procedure.BACKUP));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(result.summary()).startsWith("Set " + result.set().orElseThrow());
    assertThat(stage.world.calls)
        .containsSubsequence("commit", "compare", "decideFates", "removeSet " + going.set());
    assertThat(notes()).contains("goes: " + going.set() + " (manual): because");
    assertThat(notes()).noneMatch(note -> note.startsWith("stays"));
  }

  @Test
  void aBackupOfARunbookWithoutRetentionRemovesNothing() {
    withoutRetention();
    stage.pruning.fate(false);

    stage.result(stage.start(Procedure.BACKUP));

    assertThat(stage.world.calls).doesNotContain("decideFates", "sweepLeftovers");
    assertThat(stage.pruning.removed).isEmpty();
  }

  @Test
  void aPruneThatFailsDoesNotFailItsBackup() {
    var going = stage.pruning.fate(false);
    stage.world.fail("removeSet " + going.set(), ErrorType.SET_CORRUPT);

    var result = stage.result(stage.start(Procedure.BACKUP));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(notes()).contains("prune failed: removeSet " + going.set() + " went wrong");
  }

  @Test
  void aCaptureOfARetainedCopyThatFailsDoesNotFailTheBackup() {
    stage.pruning.copy("database", OLD_RESTORE, Optional.empty());
    stage.world.fail("capture database from database-retained", ErrorType.AUTHENTICATION_FAILED);

    var result = stage.result(stage.start(Procedure.BACKUP));

    assertThat(result.verdict()).contains(Verdict.PASS);
    assertThat(notes())
        .contains("prune failed: capture database from database-retained went wrong");
    assertThat(stage.world.calls).doesNotContain("removeRetained database");
  }

  @Test
  void aBackupThatIsCancelledWhileItPrunesIsAborted() {
    var going = stage.pruning.fate(false);
    stage.world.next(
        "removeSet " + going.set(),
        () -> {
          stage.workflow("library/backup").cancel();
          FakeWorld.workUntilCancelled();
        });

    stage.failure(stage.start(Procedure.BACKUP));

    assertThat(stage.evidence().verdict()).isEqualTo(Verdict.ABORTED);
    assertThat(stage.evidence().set()).isPresent();
    assertThat(stage.pruning.removed).isEmpty();
  }

  @Test
  void underAnotherIdItHandsOver() {
    stage.pruning.fate(false);

    var result = stage.result(stage.start(Procedure.PRUNE, "from-the-ui"));

    assertThat(result.handedOverTo()).contains("library/prune");
    stage.awaitClosed(stage.workflow("library/prune"));
    assertThat(stage.pruning.removed).hasSize(1);
  }
}
