package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.worker.world.World;
import dev.resurge.worker.world.Writers;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Verdict;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Runs beside writers and beside each other: what was acknowledged is never lost, and who must wait
 * waits and says for whom.
 *
 * <p>The in-memory server ignores parent close policies, so a child of a terminated run lives on
 * here whatever its policy says; that ours asks for it is left to the lab with a real Temporal.
 */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class ConcurrencyIT {
  private static final int WRITERS = 20;

  @Test
  void aSetTakenUnderManyWritersIsOneMomentAndNoAcknowledgedWriteIsLost() {
    try (var world = World.start();
        var writers = Writers.start(world, WRITERS)) {
      var before = writers.acknowledged();
      var set = world.backup();
      writers.awaitMore(WRITERS);

      var evidence = world.expect(Verdict.PASS, world.runs().restore(set).approve());
      writers.awaitEnd();

      assertThat(writers.in(world.system())).containsAll(before);
      assertThat(writers.halves(world.system())).isZero();
      assertThat(rows(world, "book")).isEqualTo(counted(world, set, "book"));
      assertThat(rows(world, "author")).isEqualTo(counted(world, set, "author"));
      var kept = database(evidence.retained());
      assertThat(writers.in(kept)).containsAll(writers.acknowledged());
      assertThat(writers.halves(kept)).isZero();
      assertThat(counted(world, evidence.safetySet().orElseThrow().set(), "author"))
          .isGreaterThan(counted(world, set, "author"));
      world.assertSettled(world.live());
    }
  }

  @Test
  void aBackupRunsWhileARestoreStages() {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      var restore = world.runs().restore();
      var hold = world.holdStagedBooks();
      world.awaitHeldSession();

      var set = world.backup();

      assertThat(restore.status().phase()).isEqualTo("staging");
      assertThat(counted(world, set, "book")).isEqualTo(damaged.books());
      hold.release();
      var evidence = world.expect(Verdict.PASS, restore.approve());
      world.assertSettled(good);
      assertThat(evidence.waitedFor()).isEmpty();
    }
  }

  @Test
  void aCutOverWaitsForACaptureAndSaysSo() {
    try (var world = World.start()) {
      var good = world.live();
      var capturing = world.gate("capture");
      world.runbook(standard -> standard.hook("beforeCapture", "gate", capturing.command()));
      world.backup();
      world.damage();
      var damaged = world.live();
      var restore = world.runs().restore();
      restore.awaitWaiting("wait for approval");
      capturing.shut();
      var backup = world.runs().backup();
      capturing.awaitArrival();

      restore.approve();
      var lock = "wait for " + world.system() + "/data";
      restore.await(lock, s -> s.steps().stream().anyMatch(step -> step.name().equals(lock)));
      assertThat(world.live()).isEqualTo(damaged);
      assertThat(world.library().healthy()).isTrue();
      capturing.open();

      var captured = world.expect(Verdict.PASS, backup).set().orElseThrow().set();
      var evidence = world.expect(Verdict.PASS, restore);
      world.assertSettled(good);
      assertThat(counted(world, captured, "book")).isEqualTo(damaged.books());
      assertThat(evidence.waitedFor())
          .singleElement()
          .asString()
          .contains(world.system() + "/data", "Capture");
    }
  }

  @Test
  void aSafetyBackupWaitsForACaptureAndSaysSo() {
    try (var world = World.start()) {
      var good = world.live();
      var capturing = world.gate("capture");
      world.runbook(standard -> standard.hook("beforeCapture", "gate", capturing.command()));
      world.backup();
      world.damage();
      capturing.shut();
      var backup = world.runs().backup();
      capturing.awaitArrival();

      var restore = world.runs().restore();
      restore.await("the safety backup", s -> s.phase().equals("safety backup"));
      restore.approve();
      capturing.open();

      world.expect(Verdict.PASS, backup);
      var evidence = world.expect(Verdict.PASS, restore);
      world.assertSettled(good);
      assertThat(evidence.waitedFor()).singleElement().asString().contains("Capture");
    }
  }

  @Test
  void aSecondRestoreFailsAndNamesTheOneThatRuns() {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      var first = world.runs().restore();
      first.awaitWaiting("wait for approval");

      var second = world.runs().restoreAs("another-" + world.system());

      assertThatThrownBy(second::result)
          .isInstanceOf(WorkflowFailedException.class)
          .cause()
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> {
                assertThat(failure.getType()).isEqualTo(ErrorType.TARGET_BUSY.id());
                assertThat(failure.getOriginalMessage())
                    .contains(world.system() + "/restore", "held by a Restore");
              });
      world.expect(Verdict.PASS, first.approve());
      world.assertSettled(good);
    }
  }

  private static String database(java.util.List<Retained> kept) {
    return kept.stream()
        .filter(r -> r.component().equals("database"))
        .map(Retained::name)
        .findFirst()
        .orElseThrow();
  }

  private static long rows(World world, String table) {
    return Long.parseLong(world.cluster().value(world.system(), "SELECT count(*) FROM " + table));
  }

  private static long counted(World world, SetId set, String table) {
    return world.archive().rows(set, table);
  }
}
