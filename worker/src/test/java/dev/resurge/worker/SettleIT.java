package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.LiveData;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cut overs are terminated, or Temporal loses its memory, at the worst moments; then they are
 * settled. Afterwards exactly the data that was decided on is live in all components, the
 * application runs once on it, nothing staged is left, and the system can be backed up.
 */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class SettleIT {
  private static final String IN_PLACE = "strategy: inPlace\nminimumFree: 1MB";
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

  /** Settles, and sees that all is as decided and the system works on. */
  private static Evidence settle(World world, String direction, LiveData good, LiveData damaged) {
    var run = world.runs().settle();
    run.decide(direction);
    var evidence = world.expect(Verdict.PASS, run);
    world.assertSettled(direction.equals("forward") ? good : damaged);
    assertThat(evidence.procedure()).isEqualTo(Procedure.SETTLE);
    world.backup();
    return evidence;
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "back"})
  void terminatedWhileItQuiesces(String direction) {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      var restore = world.runs().restore();
      restore.awaitWaiting("wait for approval");
      var stopping = world.gate("stop").shut();
      restore.approve();
      stopping.awaitArrival();

      world.runs().terminateCutOver(restore);
      stopping.open();

      assertThat(world.runs().backup().result().verdict()).contains(Verdict.REFUSED);
      settle(world, direction, good, damaged);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "back"})
  void terminatedBetweenTheTwoSwapsWhileAnAttemptLivesOn(String direction) {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      var restore = world.runs().restore();
      restore.awaitWaiting("wait for approval");
      var hold = world.holdRenames();
      restore.approve();
      restore.awaitRunning("swap files");

      world.runs().terminateCutOver(restore);

      assertThat(world.live().database()).isEqualTo(good.database());
      assertThat(world.live().files()).isEqualTo(damaged.files());
      var run = world.runs().settle();
      run.question();
      hold.release();
      run.decide(direction);
      var evidence = world.expect(Verdict.PASS, run);
      world.assertSettled(direction.equals("forward") ? good : damaged);
      if (direction.equals("forward")) {
        assertThat(world.kept(evidence.retained())).isEqualTo(damaged);
      }
      world.backup();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "back"})
  void terminatedAfterTheSwapsBeforeTheApplicationRuns(String direction) {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      var starting = world.gate("start").shut();
      var restore = world.runs().restore().approve();
      starting.awaitArrival();

      world.runs().terminateCutOver(restore);
      starting.open();

      settle(world, direction, good, damaged);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "back"})
  void terminatedInTheHealthChecks(String direction) {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      var checking = world.gate("check").shut();
      world.runbook(standard -> standard.check("gate", checking.command()));
      var restore = world.runs().restore().approve();
      checking.awaitArrival();

      world.runs().terminateCutOver(restore);
      checking.open();

      settle(world, direction, good, damaged);
    }
  }

  @Test
  void terminatedOnTheWayBackItIsSettledBackAndNothingElseIsOffered() {
    try (var world = World.start()) {
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

      world.runs().terminateCutOver(restore);
      stopping.open();

      var run = world.runs().settle();
      assertThat(run.question().choices()).doesNotContain("forward");
      run.decide("back");
      world.expect(Verdict.PASS, run);
      world.assertSettled(damaged);
      world.runbook(standard -> standard);
      world.backup();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "back"})
  void allOfTemporalIsLostBetweenTheTwoSwaps(String direction) {
    try (var world = World.startWithItsOwnTemporal()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      var restore = world.runs().restore();
      restore.awaitWaiting("wait for approval");
      var hold = world.holdRenames();
      restore.approve();
      restore.awaitRunning("swap files");

      world.loseTemporal();
      hold.release();

      assertThat(world.runs().backup().result().verdict()).contains(Verdict.REFUSED);
      settle(world, direction, good, damaged);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "back"})
  void inPlaceTerminatedWhileItLoads(String direction) {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      world.runbook(standard -> standard.with("restore", IN_PLACE));
      var restore = world.runs().restore().approve();
      var hold = world.holdStagedBooks();
      world.awaitHeldSession();

      world.runs().terminateCutOver(restore);
      hold.release();

      settle(world, direction, good, damaged);
      assertThat(world.otherDatabases()).isEmpty();
      assertThat(world.otherDirectories()).isEmpty();
    }
  }

  @Test
  void settledForwardButNotHealthyTheOldDataIsLiveAgain() {
    try (var world = World.start()) {
      world.backup();
      world.damage();
      var damaged = world.live();
      var starting = world.gate("start").shut();
      var restore = world.runs().restore().approve();
      starting.awaitArrival();
      world.runs().terminateCutOver(restore);
      starting.open();
      world.runbook(standard -> standard.plus("checks", NEVER_TRUE));

      var run = world.runs().settle();
      run.decide("forward");

      var evidence = world.expect(Verdict.SWAPPED_BACK, run);
      world.assertSettled(damaged);
      assertThat(evidence.retained()).hasSize(2);
    }
  }
}
