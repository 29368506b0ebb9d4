package dev.resurge.worker.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.worker.world.CommandLine;
import dev.resurge.worker.world.Gate;
import dev.resurge.worker.world.LiveData;
import dev.resurge.worker.world.Oddities;
import dev.resurge.worker.world.RunHandle;
import dev.resurge.worker.world.Setting;
import dev.resurge.worker.world.TestTemporal;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Verdict;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Procedures on a real Temporal server: what the one in memory cannot show. Started by JSON that
 * somebody types, found by what they are about, killed with the server, ended from outside.
 */
@Timeout(120)
class TemporalE2E {
  /** A run is waiting for its approval by then, and not for long. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private World world;
  private LiveData good;

  @BeforeEach
  void aSystem() {
    assertThat(TestTemporal.program())
        .as("the lab's Temporal: ./resurge test --lab temporal")
        .isPresent();
    world = World.start(Setting.STANDARD.withItsOwnTemporal());
    good = world.live();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Map<String, Object> runbook() {
    return Map.of("runbook", world.system());
  }

  private RunHandle started(Procedure procedure) {
    return world.runs().start(procedure, runbook());
  }

  @Test
  void everyProcedureStartsWithOneSmallObject() {
    world.expect(Verdict.PASS, started(Procedure.BACKUP));
    world.expect(Verdict.PASS, started(Procedure.VERIFY));
    world.expect(Verdict.PASS, started(Procedure.DRILL));
    world.expect(Verdict.PASS, started(Procedure.PRUNE));
    world.damage();
    world.expect(Verdict.PASS, started(Procedure.RESTORE).approve());
    world.assertSettled(good);
    assertNothingIsUnsettled(started(Procedure.SETTLE));
  }

  @ParameterizedTest
  @EnumSource(
      value = Procedure.class,
      names = {"BACKUP", "RESTORE", "RECOVER", "DRILL", "VERIFY", "PRUNE", "SETTLE"})
  void aWrongObjectFailsAtOnceAndShowsARightOne(Procedure procedure) {
    for (var wrong : List.of(Map.of("runbok", world.system()), Map.of(), "library", List.of(1))) {
      assertThatThrownBy(() -> world.runs().start(procedure, wrong).result())
          .as("%s %s", procedure, wrong)
          .isInstanceOf(WorkflowFailedException.class)
          .cause()
          .isInstanceOf(ApplicationFailure.class)
          .hasMessageContaining("{\"runbook\":");
    }
  }

  @Test
  void peopleFindRunsByWhatTheyAreAbout() {
    world.expect(Verdict.PASS, started(Procedure.BACKUP));
    world.damage();
    var restore = started(Procedure.RESTORE);
    restore.awaitWaiting("wait for approval");
    var mine = "ResurgeSystem = '" + world.system() + "'";

    found(mine + " AND ResurgeProcedure = 'restore'", Procedure.RESTORE);
    found(mine + " AND ExecutionStatus = 'Running'", Procedure.RESTORE);
    found(mine + " AND ResurgePhase = 'waiting for approval'", Procedure.RESTORE);
    found(mine + " AND ResurgeOutcome = 'pass'", Procedure.BACKUP);

    restore.reject();
    world.expect(Verdict.REJECTED, restore);
    found(mine + " AND ResurgeOutcome = 'rejected'", Procedure.RESTORE);
  }

  /** What people search in follows what happens, a moment later. */
  private void found(String query, Procedure procedure) {
    var id = procedure.workflowId(world.system());
    world.await(query, () -> world.runs().find(query).equals(List.of(id)));
  }

  @Test
  void whatARunbookSchedulesIsKeptFromTheStartOfItsWorkerAndRuns() {
    world.runbook(standard ->
        standard.with(
            "schedules",
            """
            - {name: nightly, procedure: backup, cron: "0 2 * * *", timeZone: Europe/Berlin}
            - {name: part, procedure: backup, cron: "0 3 1 1 *", components: [files]}
            - {name: proof, procedure: verify, cron: "0 4 * * sun", paused: true}
            """));
    world.changeWorker(false, Oddities.NONE);
    world.await("the schedules", () -> schedules().size() == 3);

    assertThat(resurge("schedules", "trigger", world.system(), "nightly")).contains("begins");
    assertThat(resurge("schedules", "trigger", world.system(), "part")).contains("begins");

    world.await("both sets", () -> world.archive().sets().size() == 2);
    assertThat(resurge("list", "sets", world.system()))
        .contains("schedule=nightly", "schedule=part");
    assertThat(resurge("schedules", "list", world.system()))
        .contains("0 2 * * * Europe/Berlin", "paused in the runbook");
    assertThat(world.runs().find("ResurgeSystem = '" + world.system() + "'"))
        .anyMatch(id -> id.startsWith(world.system() + "/backup/nightly-"));
    world.damage();
    var whole = started(Procedure.RESTORE).approve();
    world.expect(Verdict.PASS, whole);
    world.assertSettled(good);
  }

  @Test
  void whatAPersonPausedStaysPausedAndWhatIsOfOthersStays() {
    world.runs().foreignSchedule(world.system() + "/taken");
    world.runbook(standard ->
        standard.with("schedules", "- {name: nightly, procedure: backup, cron: \"0 2 * * *\"}"));
    resurge("schedules", "apply");
    resurge("schedules", "pause", world.system(), "nightly", "--reason", "disks move");
    world.runbook(standard ->
        standard.with("schedules", "- {name: nightly, procedure: backup, cron: \"0 5 * * *\"}"));

    assertThat(resurge("schedules", "apply")).contains("updated " + world.system() + "/nightly");

    assertThat(resurge("schedules", "list")).contains("0 5 * * * UTC", "disks move");
    assertThat(resurge("schedules", "apply")).contains("nothing to do");
    world.runbook(standard ->
        standard.with("schedules", "- {name: taken, procedure: backup, cron: \"0 2 * * *\"}"));
    var refused = new CommandLine(world).run("schedules", "apply");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.stderr()).contains(world.system() + "/taken", "it is left alone");
    world.runbook(standard -> standard);
    assertThat(resurge("schedules", "apply")).contains("nothing to do");
    assertThat(world.runs().schedules()).containsExactly(world.system() + "/taken");
  }

  private List<String> schedules() {
    return world.runs().schedules();
  }

  private String resurge(String... arguments) {
    var ended = new CommandLine(world).run(arguments);
    assertThat(ended.exitCode()).as(ended.stderr()).isZero();
    return ended.stdout();
  }

  @Test
  void anAnswerMayBeASignal() {
    world.backup();
    world.damage();
    var restore = started(Procedure.RESTORE);

    restore.signal(Decision.Kind.APPROVE, restore.plan().code(), Optional.empty());

    world.expect(Verdict.PASS, restore);
    world.assertSettled(good);
  }

  @Test
  void aRunThatWaitsForPeopleOutlivesTemporal() {
    world.backup();
    world.damage();
    var restore = world.runs().restore();
    restore.awaitWaiting("wait for approval");

    world.temporal().kill();
    world.temporal().startAgain();

    world.expect(Verdict.PASS, restore.approve());
    world.assertSettled(good);
  }

  @Test
  void whileTemporalIsAwayTheCutOverStandsStillAndThenComesToItsEnd() {
    world.backup();
    world.damage();
    var restore = world.runs().restore();
    var stopping = holdInCutOver(restore);

    world.temporal().kill();
    stopping.open();
    world.temporal().startAgain();

    assertThat(restore.result().verdict())
        .as("new data, or the old after the budget ran out")
        .isIn(Optional.of(Verdict.PASS), Optional.of(Verdict.SWAPPED_BACK));
    world.library().awaitHealthy();
  }

  @Test
  void whileTemporalIsAwayABackupGoesOnAndIsNotMadeTwice() {
    var hold = world.holdCapture();
    var backup = world.runs().backup();
    world.awaitHeldSession();

    world.temporal().kill();
    world.temporal().startAgain();
    hold.release();

    world.expect(Verdict.PASS, backup);
    assertThat(world.archive().sets()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"terminated", "cancelled", "timed out"})
  void endedFromOutsideWhileItWaitsTheLiveDataIsAsItWas(String how) {
    world.backup();
    world.damage();
    var damaged = world.live();
    var restore = restoreThatMayEnd(how);
    restore.awaitWaiting("wait for approval");

    end(restore, how);

    world.await("its end", () -> restoreIsOver(how));
    assertThat(world.live()).isEqualTo(damaged);
    assertThat(world.library().healthy()).isTrue();
    world.expect(Verdict.PASS, world.runs().restore().approve());
    world.assertSettled(good);
  }

  @ParameterizedTest
  @ValueSource(strings = {"terminated", "timed out"})
  void endedFromOutsideInTheCutOverThatComesToItsEndAlone(String how) {
    world.backup();
    world.damage();
    var restore = restoreThatMayEnd(how);
    var stopping = holdInCutOver(restore);

    end(restore, how);
    world.await("its end", () -> restoreIsOver(how));
    stopping.open();

    var data = "WorkflowId = '" + Procedure.dataLock(world.system()) + "'";
    world.await(
        "the cut over's end, which frees the lock",
        () -> world.runs().find(data + " AND ExecutionStatus = 'Running'").isEmpty());
    assertThat(world.live()).isEqualTo(good);
    world.library().awaitHealthy();
    world.backup();
    assertNothingIsUnsettled(world.runs().settle());
  }

  private void assertNothingIsUnsettled(RunHandle settle) {
    world.expect(Verdict.PASS, settle);
    assertThat(settle.result().summary()).isEqualTo("Nothing is unsettled.");
  }

  @Test
  void cancelledInTheCutOverItGoesBack() {
    world.backup();
    world.damage();
    var damaged = world.live();
    var restore = world.runs().restore();
    var stopping = holdInCutOver(restore);

    restore.cancel();
    stopping.open();

    restore.awaitCancelled();
    assertThat(world.live()).isEqualTo(damaged);
    world.library().awaitHealthy();
  }

  /** Approves it, and keeps the application from being told to end. */
  private Gate holdInCutOver(RunHandle restore) {
    restore.awaitWaiting("wait for approval");
    var stopping = world.gate("stop").shut();
    restore.approve();
    stopping.awaitArrival();
    return stopping;
  }

  private RunHandle restoreThatMayEnd(String how) {
    return how.equals("timed out")
        ? world.runs().startWithin(SOON, Procedure.RESTORE, runbook())
        : world.runs().restore();
  }

  private static void end(RunHandle restore, String how) {
    switch (how) {
      case "terminated" -> restore.terminate();
      case "cancelled" -> restore.cancel();
      default -> {
        // Temporal does
      }
    }
  }

  private boolean restoreIsOver(String how) {
    var id = "WorkflowId = '" + Procedure.RESTORE.workflowId(world.system()) + "'";
    var status =
        switch (how) {
          case "terminated" -> "Terminated";
          case "cancelled" -> "Canceled";
          default -> "TimedOut";
        };
    return !world.runs().find(id + " AND ExecutionStatus = '" + status + "'").isEmpty();
  }
}
