package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The worker's process is killed at the worst moments, then started again. Each run must end as if
 * nothing had happened, or go back; never in between, and never with anything doubled.
 *
 * <p>Left to the lab with a real Temporal: what becomes of a cut over whose run is terminated, for
 * the in-memory server ignores parent close policies; and Temporal's own death, for it forgets.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashIT {
  @Test
  void killedWhileItCapturesItMakesOneWholeSet() {
    try (var world = World.startWithWorkerApart()) {
      var data = world.live();
      var hold = world.holdLiveBooks();
      var backup = world.runs().backup();
      world.awaitHeldSession();

      world.killWorker();
      hold.release();
      world.startWorker();

      var evidence = world.expect(Verdict.PASS, backup);
      assertThat(attempts(evidence, "capture database")).isGreaterThan(1);
      assertThat(world.archive().sets()).hasSize(1);
      var set = world.archive().sets().getFirst().set();
      var stored = world.store().resolve(world.system() + "/sets/" + set + "/database");
      assertThat(stored.toFile().list()).hasSize(1);
      world.damage();
      world.expect(Verdict.PASS, world.runs().restore().approve());
      world.assertSettled(data);
    }
  }

  @Test
  void killedWhileItStagesItEndsTheProgramsThatOutlivedItAndStagesAfresh() {
    try (var world = World.startWithWorkerApart()) {
      var good = world.live();
      world.backup();
      world.damage();
      var restore = world.runs().restore();
      var hold = world.holdStagedBooks();
      world.awaitHeldSession();
      var abandoned = world.stagedDatabases();

      world.killWorker();

      var orphans = world.pidsOf("pg_restore");
      assertThat(orphans).as("clients that survived").isNotEmpty();
      assertThat(world.sessionsOfRuns()).as("sessions that survived").isPositive();
      world.startWorker();
      var evidence = world.expect(Verdict.PASS, restore.approve());
      hold.release();
      world.assertSettled(good);
      assertThat(world.pidsOf("pg_restore")).doesNotContainAnyElementsOf(orphans);
      assertThat(world.sessionsOfRuns()).isZero();
      assertThat(attempts(evidence, "stage database")).isGreaterThan(1);
      assertThat(world.otherDatabases()).doesNotContainAnyElementsOf(abandoned).hasSize(1);
    }
  }

  @Test
  void killedBetweenTheTwoSwapsItSwapsTheSecondToo() {
    try (var world = World.startWithWorkerApart()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      var restore = world.runs().restore();
      restore.awaitWaiting("wait for approval");
      var hold = world.holdRenames();
      restore.approve();
      restore.awaitRunning("swap files");

      world.killWorker();

      assertThat(world.live().database()).isEqualTo(good.database());
      assertThat(world.live().files()).isEqualTo(damaged.files());
      hold.release();
      world.startWorker();
      var evidence = world.expect(Verdict.PASS, restore);
      world.assertSettled(good);
      assertThat(world.kept(evidence.retained())).isEqualTo(damaged);
    }
  }

  @Test
  void killedRightAfterTheSwapItStartsTheApplicationOnce() {
    try (var world = World.startWithWorkerApart()) {
      var good = world.live();
      world.backup();
      world.damage();
      var starting = world.gate("start").shut();
      var restore = world.runs().restore().approve();
      starting.awaitArrival();

      world.killWorker();

      assertThat(world.live()).isEqualTo(good);
      world.startWorker();
      world.await("a second start", () -> world.library().processes().size() == 2);
      starting.open();
      world.expect(Verdict.PASS, restore);
      world.assertSettled(good);
    }
  }

  @Test
  void killedInTheHealthChecksItAsksThemAgain() {
    try (var world = World.startWithWorkerApart()) {
      var good = world.live();
      world.backup();
      world.damage();
      var checking = world.gate("check").shut();
      world.runbook(standard -> standard.check("gate", checking.command()));
      var restore = world.runs().restore().approve();
      checking.awaitArrival();

      world.killWorker();
      checking.open();
      world.startWorker();

      var evidence = world.expect(Verdict.PASS, restore);
      world.assertSettled(good);
      assertThat(attempts(evidence, "check health")).isGreaterThan(1);
    }
  }

  @Test
  void killedOnTheWayBackItGoesOnBack() {
    try (var world = World.startWithWorkerApart()) {
      world.backup();
      world.damage();
      var damaged = world.live();
      world.runbook(standard -> standard.plus("checks", NEVER_TRUE));
      var restore = world.runs().restore();
      restore.awaitWaiting("wait for approval");
      var starting = world.gate("start").shut();
      restore.approve();
      starting.awaitArrival();
      var stopping = world.gate("stop").shut();
      starting.open();
      stopping.awaitArrival();

      world.killWorker();
      stopping.open();
      world.startWorker();

      var evidence = world.expect(Verdict.SWAPPED_BACK, restore);
      world.assertSettled(damaged);
      assertThat(evidence.retained()).hasSize(2);
    }
  }

  private static final String NEVER_TRUE =
      """
      - type: sql
        name: never-true
        when: healthy
        component: database
        query: SELECT 1
        expect: "= 2"
        within: 1s
      """;

  private static int attempts(Evidence evidence, String label) {
    return evidence.steps().stream()
        .filter(s -> Step.label(s.name(), s.component()).equals(label))
        .mapToInt(Step::attempts)
        .max()
        .orElseThrow();
  }
}
