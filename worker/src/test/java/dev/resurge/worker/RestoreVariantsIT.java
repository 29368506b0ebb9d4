package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Expected;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.JournalEntry.State;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.Strategy;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Restores that are not of the whole, not from a set, not beside, or of what is not there. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class RestoreVariantsIT {
  private static final String IN_PLACE = "strategy: inPlace\nminimumFree: 1MB";
  private static final String SAFETY_AFTER = "safety: after\nminimumFree: 1MB";

  /** True of the data before a set was restored, false afterwards: never healthy again. */
  private static final String NEWER_BOOKS_ARE_THERE =
      """
      - type: sql
        name: newer-books
        when: healthy
        component: database
        query: SELECT count(*) FROM book WHERE title = 'newer'
        expect: "= 1"
        within: 1s
      """;

  @Test
  void inPlaceNothingIsKeptBesideButASafetySetHoldsWhatWasThere() {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      world.runbook(standard -> standard.with("restore", IN_PLACE));

      var evidence = world.expect(Verdict.PASS, world.runs().restore().approve());

      world.assertSettled(good);
      assertThat(world.otherDatabases()).isEmpty();
      assertThat(world.otherDirectories()).isEmpty();
      assertThat(world.archive().journal(evidence.run()))
          .extracting(JournalEntry::state)
          .containsExactly(State.OPENED, State.REMOVING, State.PLACING, State.SETTLED_HEALTHY);
      var safety = evidence.safetySet().orElseThrow().set();
      world.runbook(standard -> standard);
      world.expect(Verdict.PASS, world.runs().restore(safety).approve());
      world.assertSettled(damaged);
    }
  }

  @Test
  void inPlaceASystemThatIsNotHealthyGetsItsOldDataFromTheSafetySet() {
    try (var world = World.start()) {
      world.backup();
      world.library().add("newer");
      var old = world.live();
      world.runbook(
          standard -> standard.with("restore", IN_PLACE).plus("checks", NEWER_BOOKS_ARE_THERE));

      var evidence = world.expect(Verdict.SWAPPED_BACK, world.runs().restore().approve());

      world.assertSettled(old);
      assertThat(evidence.failure().orElseThrow().type()).isEqualTo(ErrorType.CHECK_FAILED.id());
      assertThat(world.otherDatabases()).isEmpty();
      assertThat(world.otherDirectories()).isEmpty();
      // and the system can still be backed up and restored
      world.backup();
    }
  }

  @Test
  void withSafetyAfterWhatWasReplacedIsInASetAndNoLongerBeside() {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      world.runbook(standard -> standard.with("restore", SAFETY_AFTER));

      var evidence = world.expect(Verdict.PASS, world.runs().restore().approve());

      world.assertSettled(good);
      assertThat(world.otherDatabases()).isEmpty();
      assertThat(world.otherDirectories()).isEmpty();
      var safety = evidence.safetySet().orElseThrow().set();
      var again = world.runs().restore(safety);
      // the plan of the second one says how long the first one took
      assertThat(again.awaitWaiting("wait for approval").forecast().legs())
          .extracting(Expected::what)
          .containsExactly("staging and verifying", "downtime");
      world.expect(Verdict.PASS, again.approve());
      world.assertSettled(damaged);
    }
  }

  @Test
  void goingBackToWhatWasReplacedBringsItBackWithEveryWriteUpToTheStop() {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.library().add("written after the backup");
      var replaced = world.live();
      var restore = world.expect(Verdict.PASS, world.runs().restore().approve());
      world.assertSettled(good);

      var back = world.expect(Verdict.PASS, world.runs().restoreRetained(restore.run()).approve());

      world.assertSettled(replaced);
      assertThat(world.kept(back.retained())).isEqualTo(good);
      assertThat(back.plan().orElseThrow().components())
          .allSatisfy(c -> assertThat(c.strategy()).isEqualTo(Strategy.SWAPPED_AGAIN));
    }
  }

  @Test
  void goingBackThatIsRejectedLeavesWhatWasRetainedWhereItIs() {
    try (var world = World.start()) {
      world.backup();
      var replaced = world.live();
      var restore = world.expect(Verdict.PASS, world.runs().restore().approve());
      var live = world.live();

      var back = world.runs().restoreRetained(restore.run());
      world.expect(Verdict.REJECTED, back.reject());

      world.assertSettled(live);
      assertThat(world.kept(restore.retained())).isEqualTo(replaced);
    }
  }

  @Test
  void oneComponentAloneLeavesTheOtherAsItIs() {
    try (var world = World.start()) {
      var good = world.live();
      var set = world.backup();
      world.damage();
      var damaged = world.live();

      var scope = new Scope(List.of("files"), Map.of(), List.of(), List.of());
      world.expect(Verdict.PASS, world.runs().restore(set, scope).approve());

      assertThat(world.live().files()).isEqualTo(good.files());
      assertThat(world.live().database()).isEqualTo(damaged.database());
      assertThat(world.otherDatabases()).isEmpty();
    }
  }

  @Test
  void elsewhereACopyStandsAndTheLiveSystemNeverStops() {
    try (var world = World.start()) {
      var good = world.live();
      var set = world.backup();
      world.damage();
      var damaged = world.live();
      var copy = world.system() + "-copy";
      var directory = world.liveFiles().resolveSibling("copy");

      var scope =
          new Scope(
              List.of(),
              Map.of("database", copy, "files", directory.toString()),
              List.of(),
              List.of());
      var evidence = world.expect(Verdict.PASS, world.runs().restore(set, scope).approve());

      world.assertSettled(damaged);
      assertThat(world.data(copy, directory)).isEqualTo(good);
      assertThat(evidence.steps()).extracting(s -> s.name()).doesNotContain("safety backup");
      // what stands there now is not replaced
      var again = world.expect(Verdict.REFUSED, world.runs().restore(set, scope));
      assertThat(again.failure().orElseThrow().type()).isEqualTo(ErrorType.TARGET_OCCUPIED.id());
    }
  }

  @Test
  void whatWasDroppedAltogetherIsBuiltWhereNothingIs() throws IOException {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.cluster().execute("postgres", "DROP DATABASE \"" + world.system() + "\" WITH (FORCE)");
      Files.move(world.liveFiles(), world.liveFiles().resolveSibling("lost"));

      var evidence = world.expect(Verdict.PASS, world.runs().restore().approve());

      Files.move(world.liveFiles().resolveSibling("lost"), world.store().resolveSibling("lost"));
      world.assertSettled(good);
      assertThat(evidence.safetySet()).isEmpty();
      assertThat(evidence.retained()).isEmpty();
      world.backup();
    }
  }
}
