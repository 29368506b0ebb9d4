package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.RunHandle;
import dev.resurge.worker.world.StoredSet;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.model.Step;
import dev.resurge.workflows.model.Trial;
import dev.resurge.workflows.model.Trial.Outcome;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.model.VerifyInput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Drills with real parts: the live system never notices, and nothing is left, however they end. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class DrillIT {
  private static final String NO_SUCH_BOOK =
      """
      - type: sql
        name: a-book-that-is-not-there
        component: database
        query: SELECT count(*) FROM book WHERE title = 'newer'
        expect: "= 1"
        within: 1s
      """;

  @Test
  void aDrillProvesASetAndLeavesTheLiveSystemAsItIs() throws IOException {
    try (var world = World.start()) {
      var set = world.backup();
      world.damage();
      var live = world.live();
      var identity = identity(world);
      var processes = world.library().processes();

      var evidence = world.expect(Verdict.PASS, world.runs().drill());

      world.assertSettled(live);
      assertThat(identity(world)).isEqualTo(identity);
      assertThat(world.library().processes()).as("nothing was stopped").isEqualTo(processes);
      assertNothingLeft(world);
      assertThat(evidence.set().orElseThrow().set()).isEqualTo(set);
      assertThat(world.archive().sets()).hasSize(1);
      assertThat(world.archive().journal(evidence.run())).isEmpty();
      var trial = evidence.trial().orElseThrow();
      assertThat(trial.parts())
          .extracting(Trial.Part::component)
          .containsExactly("database", "files");
      assertThat(trial.parts()).allMatch(p -> p.restored() == Outcome.PASSED);
      assertThat(trial.parts()).allMatch(p -> p.size().orElseThrow().bytes() > 0);
      assertThat(trial.verification()).isEqualTo(Outcome.PASSED);
      assertThat(trial.checks()).isEqualTo(Outcome.PASSED);
      assertThat(trial.tearDown())
          .isEqualTo(new Trial.TearDown(List.of("database", "files"), List.of()));
      assertThat(evidence.measures()).extracting(Measure::actual).allMatch(a -> a.isPresent());
    }
  }

  @Test
  void verifyAtLevelRestoreProvesTheSetAndLeavesNothing() {
    try (var world = World.start()) {
      world.backup();
      var live = world.live();

      var evidence = world.expect(Verdict.PASS, world.runs().verify(VerifyInput.Level.RESTORE));

      world.assertSettled(live);
      assertNothingLeft(world);
      assertThat(labels(evidence))
          .containsSubsequence("verify database", "verify files", "tear down database");
      assertThat(evidence.trial().orElseThrow().verification()).isEqualTo(Outcome.PASSED);
    }
  }

  @Test
  void aCorruptSetIsFoundMarkedBadAndClearedAway() {
    try (var world = World.start()) {
      var live = world.live();
      var set = world.backup();
      var stored = new StoredSet(world, set);
      stored.flipBit(stored.artifact("files", "files.tar"));

      var evidence = world.expect(Verdict.FAIL_INTEGRITY, world.runs().drill());

      world.assertSettled(live);
      assertNothingLeft(world);
      assertThat(evidence.trial().orElseThrow().issues()).anyMatch(i -> i.contains("SetCorrupt"));
      assertThat(stored.folder().resolve("bad.json")).exists();
      var next = world.expect(Verdict.FAIL_INTEGRITY, world.runs().drill());
      assertThat(next.failure().orElseThrow().type()).isEqualTo(ErrorType.SET_UNKNOWN.id());
      assertThat(next.checks())
          .filteredOn(c -> c.severity().filter(s -> s == Severity.CRITICAL).isPresent())
          .filteredOn(c -> !c.passed())
          .extracting(c -> c.check())
          .contains("a set of today", "no set is corrupt or forged");
    }
  }

  @Test
  void aCheckThatTheCopyDoesNotPassFailsTheDrillAndNotTheSet() {
    try (var world = World.start()) {
      var live = world.live();
      world.backup();
      world.runbook(standard -> standard.plus("checks", NO_SUCH_BOOK));

      var evidence = world.expect(Verdict.FAIL_INTEGRITY, world.runs().drill());

      world.assertSettled(live);
      assertNothingLeft(world);
      assertThat(evidence.trial().orElseThrow().checks()).isEqualTo(Outcome.FAILED);
      assertThat(evidence.trial().orElseThrow().verification()).isEqualTo(Outcome.PASSED);
      world.runbook(standard -> standard);
      world.expect(Verdict.PASS, world.runs().drill());
    }
  }

  @Test
  void aDrillThatDoesNotFitIsRefusedBeforeItStarts() {
    try (var world = World.start()) {
      world.backup();
      world.runbook(standard -> standard.with("restore", "minimumFree: 900TB"));

      var evidence = world.expect(Verdict.REFUSED, world.runs().drill());

      assertThat(evidence.failure().orElseThrow().type())
          .isEqualTo(ErrorType.NOT_ENOUGH_SPACE.id());
      assertThat(labels(evidence)).noneMatch(step -> step.startsWith("stage"));
      assertThat(evidence.findings()).noneMatch(f -> f.subject().equals("store"));
      assertNothingLeft(world);
    }
  }

  @Test
  void aDrillCancelledWhileItStagesIsClearedAway() {
    try (var world = World.start()) {
      var live = world.live();
      world.backup();
      var drill = world.runs().drill();
      var hold = world.holdStagedBooks();
      world.awaitHeldSession();
      var run = drill.status().run();

      drill.cancel();

      drill.awaitCancelled();
      hold.release();
      var evidence = world.archive().evidence(run);
      assertThat(evidence.verdict()).isEqualTo(Verdict.ABORTED);
      assertThat(evidence.trial().orElseThrow().tearDown().proved())
          .containsExactly("database", "files");
      world.assertSettled(live);
      assertNothingLeft(world);
    }
  }

  @Test
  void killedWhileItStagesTheDrillGoesOnAndClearsAwayWhatBothLeft() {
    try (var world = World.startWithWorkerApart()) {
      var live = world.live();
      world.backup();
      var drill = world.runs().drill();
      var hold = world.holdStagedBooks();
      world.awaitHeldSession();

      world.killWorker();

      world.startWorker();
      var evidence = world.expect(Verdict.PASS, drill);
      hold.release();
      world.assertSettled(live);
      assertNothingLeft(world);
      assertThat(evidence.steps())
          .filteredOn(s -> Step.label(s.name(), s.component()).equals("stage database"))
          .allMatch(s -> s.attempts() > 1);
    }
  }

  @Test
  void aShrunkenSetIsAWarningOfBackupAndVerifyAlike() {
    try (var world = World.start()) {
      world.backup();
      world.damage();
      world.runbook(standard -> standard.with("verify", "mayShrinkBy: 1"));

      var backup = world.expect(Verdict.PASS, world.runs().backup());
      var verify = world.expect(Verdict.PASS, world.runs().verify(VerifyInput.Level.CHECKSUM));

      assertThat(backup.notes())
          .anyMatch(n -> n.contains("size of files") && n.contains("missing"));
      assertThat(verify.checks())
          .filteredOn(c -> c.check().equals("size of files"))
          .singleElement()
          .satisfies(c -> {
            assertThat(c.passed()).isFalse();
            assertThat(c.severity()).contains(Severity.HIGH);
          });
      assertThat(verify.summary()).contains("Warnings: high: size of ");
    }
  }

  @Test
  void aBackupOnChangeMakesASetOnlyWhenTheConfigurationDiffers() throws IOException {
    try (var world = World.start()) {
      var settings = world.configuration().resolveSibling("app.conf");
      Files.writeString(settings, "colour = red\n");
      var named = "changedWhen:\n  files: [" + settings.resolveSibling("app.*") + "]";
      world.runbook(standard -> standard.with("backup", named));

      var first = made(world, world.runs().backupIfChanged());
      world.library().add("newer");
      assertThat(made(world, world.runs().backupIfChanged())).as("only data").isEqualTo(first);
      Files.writeString(settings, "colour = blue\n");
      var second = made(world, world.runs().backupIfChanged());
      assertThat(second).isNotEqualTo(first);
      Files.delete(settings);
      var third = made(world, world.runs().backupIfChanged());
      assertThat(third).isNotIn(first, second);
      world.runbook(standard -> standard.with("backup", named).with("consistency", "live"));
      assertThat(made(world, world.runs().backupIfChanged())).isNotIn(first, second, third);
      assertThat(world.archive().sets()).hasSize(4);
    }
  }

  private static SetId made(World world, RunHandle backup) {
    return world.expect(Verdict.PASS, backup).set().orElseThrow().set();
  }

  private static void assertNothingLeft(World world) {
    assertThat(world.otherDatabases()).isEmpty();
    assertThat(world.otherDirectories()).isEmpty();
    assertThat(world.sessionsOfRuns()).isZero();
  }

  private static List<String> labels(Evidence evidence) {
    return evidence.steps().stream().map(s -> Step.label(s.name(), s.component())).toList();
  }

  /** What no copy has, however equal it is. */
  private static String identity(World world) throws IOException {
    return world
            .cluster()
            .value(
                "postgres", "SELECT oid FROM pg_database WHERE datname = '" + world.system() + "'")
        + " "
        + Files.getAttribute(world.liveFiles(), "unix:ino")
        + " "
        + Files.getLastModifiedTime(world.liveFiles());
  }
}
