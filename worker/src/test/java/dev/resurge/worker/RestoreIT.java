package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Whole restores with real parts: however a run ends, all components hold the same data, and the
 * data that lost is kept.
 */
@Execution(ExecutionMode.CONCURRENT)
class RestoreIT {
  private static final String NEWER_BOOKS_ARE_THERE =
      """
      - type: sql
        name: newer-books-are-there
        when: healthy
        component: database
        query: SELECT count(*) FROM book WHERE title = 'newer'
        expect: "= 1"
        within: 1s
      """;

  @Test
  void whatWasDamagedIsRestoredAndTheDamagedDataIsKept() {
    try (var world = World.start()) {
      var good = world.live();
      var set = world.backup();
      world.damage();
      var damaged = world.live();

      var evidence = world.expect(Verdict.PASS, world.runs().restore().approve());

      world.assertSettled(good);
      assertThat(evidence.set().orElseThrow().set()).isEqualTo(set);
      assertThat(world.kept(evidence.retained())).isEqualTo(damaged);
      assertThat(safetySetHolds(world, evidence)).isEqualTo(damaged.books());
      assertThat(world.archive().sets()).hasSize(2);
      assertThat(world.archive().journal(evidence.run()))
          .extracting(entry -> entry.state())
          .containsExactly(State.OPENED, State.SETTLED_HEALTHY);
    }
  }

  @Test
  void anOlderSetStillFitsWhatWasRestoredFromANewerOne() {
    try (var world = World.start()) {
      var first = world.live();
      var firstSet = world.backup();
      world.library().add("newer");
      var second = world.live();
      world.backup();
      world.damage();

      world.expect(Verdict.PASS, world.runs().restore().approve());
      world.assertSettled(second);
      var evidence = world.expect(Verdict.PASS, world.runs().restore(firstSet).approve());

      world.assertSettled(first);
      assertThat(world.kept(evidence.retained())).isEqualTo(second);
      assertThat(world.otherDatabases()).hasSize(2);
      assertThat(world.otherDirectories()).hasSize(2);
    }
  }

  @Test
  void aSystemThatIsNotHealthyOnRestoredDataGetsItsOldDataBackByItself() {
    try (var world = World.start()) {
      var restored = world.live();
      world.backup();
      world.library().add("newer");
      var old = world.live();
      world.runbook(standard -> standard.plus("checks", NEWER_BOOKS_ARE_THERE));

      var evidence = world.expect(Verdict.SWAPPED_BACK, world.runs().restore().approve());

      world.assertSettled(old);
      assertThat(evidence.failure().orElseThrow().type()).isEqualTo(ErrorType.CHECK_FAILED.id());
      assertThat(evidence.retained()).extracting(r -> r.why()).containsOnly("rejected");
      assertThat(world.kept(evidence.retained())).isEqualTo(restored);
      assertThat(safetySetHolds(world, evidence)).isEqualTo(old.books());
      assertThat(world.archive().journal(evidence.run()))
          .extracting(entry -> entry.state())
          .containsExactly(State.OPENED, State.GOING_BACK, State.SETTLED_BACK);
    }
  }

  @Test
  void afterASwapBackTheNextRestoreOfTheSameSetSucceeds() {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      world.runbook(standard -> standard.plus("checks", NEWER_BOOKS_ARE_THERE));
      world.expect(Verdict.SWAPPED_BACK, world.runs().restore().approve());
      world.runbook(standard -> standard);

      world.expect(Verdict.PASS, world.runs().restore().approve());

      world.assertSettled(good);
    }
  }

  @Test
  void whenTheSecondComponentCannotBeSwappedTheFirstGoesBackToo() {
    try (var world = World.start()) {
      world.backup();
      world.damage();
      var old = world.live();
      var restore = world.runs().restore();

      var hold = world.holdRenames();
      restore.approve();
      restore.awaitFailed("swap files");
      hold.release();
      var evidence = world.expect(Verdict.SWAPPED_BACK, restore);

      world.assertSettled(old);
      assertThat(evidence.failure().orElseThrow().type()).isEqualTo(ErrorType.TARGET_BUSY.id());
      assertThat(evidence.retained()).extracting(r -> r.component()).containsOnly("database");
      assertThat(safetySetHolds(world, evidence)).isEqualTo(old.books());
    }
  }

  @Test
  void somethingStrangeInTheWayStopsTheCutOverUntilAPersonSaysWhichWay() throws IOException {
    try (var world = World.start()) {
      world.backup();
      world.damage();
      var old = world.live();
      var stopping = world.gate("stop").shut();
      var restore = world.runs().restore().approve();
      stopping.awaitArrival();
      var run = restore.status().run();
      var strange = world.liveFiles().resolveSibling("files.resurge-retained-" + run.shortName());
      Files.createDirectories(strange.resolve("somebody's"));
      stopping.open();

      assertThat(restore.question().choices()).containsExactly("retry", "rollback");
      assertThat(world.library().processes()).isEmpty();
      restore.decide("rollback");
      restore.await(
          "the files to be asked about",
          s -> s.question().filter(q -> q.choices().size() == 1).isPresent());
      Files.move(strange, world.store().resolveSibling("put-away"));
      restore.decide("retry");
      var evidence = world.expect(Verdict.SWAPPED_BACK, restore);

      world.assertSettled(old);
      assertThat(evidence.failure().orElseThrow().type()).isEqualTo(ErrorType.TARGET_CHANGED.id());
    }
  }

  @Test
  void whatARestoreKeptCanBeCapturedLikeLiveData() {
    try (var world = World.start()) {
      world.backup();
      world.damage();
      var damaged = world.live();
      var evidence = world.expect(Verdict.PASS, world.runs().restore().approve());

      world.runbook(standard -> {
        var components = standard.sections().get("components");
        for (var kept : evidence.retained()) {
          components =
              kept.component().equals("database")
                  ? components.replace("\"" + world.system() + "\"", "\"" + kept.name() + "\"")
                  : components.replace(world.liveFiles().toString(), kept.name());
        }
        return standard.with("components", components);
      });
      var set = world.backup();

      assertThat(booksIn(world, set)).isEqualTo(damaged.books());
    }
  }

  @Test
  void aRestoreCancelledWhileItWaitsForPeopleLeavesNothingButEvidence() {
    try (var world = World.start()) {
      world.backup();
      world.damage();
      var old = world.live();
      var restore = world.runs().restore();
      var waiting = restore.awaitWaiting("wait for approval");

      restore.cancel();

      restore.awaitCancelled();
      assertThat(world.archive().evidence(waiting.run()).verdict()).isEqualTo(Verdict.ABORTED);
      world.assertSettled(old);
      assertThat(world.otherDatabases()).isEmpty();
      assertThat(world.otherDirectories()).isEmpty();
      assertThat(world.archive().journal(waiting.run())).isEmpty();
    }
  }

  @Test
  void evidenceStaysInTheStateFolderWhenTheStoreIsAway() throws IOException {
    try (var world = World.start()) {
      world.backup();
      var store = world.store();
      var away = store.resolveSibling("unmounted");
      Files.move(store, away);

      var refused = world.runs().backup().result();

      assertThat(refused.verdict()).contains(Verdict.REFUSED);
      var evidence = Path.of(refused.evidence().orElseThrow() + ".json");
      assertThat(evidence).exists();
      Files.move(away, store);
      assertThat(world.archive().sets()).hasSize(1);
    }
  }

  private static long safetySetHolds(World world, Evidence evidence) {
    var safety = evidence.safetySet().orElseThrow();
    assertThat(safety.kind()).isEqualTo(SetKind.SAFETY);
    return booksIn(world, safety.set());
  }

  private static long booksIn(World world, SetId set) {
    return world.archive().rows(set, "book");
  }
}
