package dev.resurge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.worker.world.CommandLine;
import dev.resurge.worker.world.RunHandle;
import dev.resurge.worker.world.UnsettledJournal;
import dev.resurge.worker.world.World;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetFate;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Pruning a real store beside a real system: what goes is gone, what is needed stays whole. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class PruneIT {
  private static void retention(World world, String yaml) {
    world.runbook(standard -> standard.with("retention", yaml));
  }

  private static Evidence prune(World world) {
    return world.expect(Verdict.PASS, world.runs().prune(false));
  }

  private static List<SetId> sets(World world) {
    return world.archive().sets().stream().map(SetSummary::set).toList();
  }

  private static Path folder(World world, SetId set) {
    return world.store().resolve(world.system()).resolve("sets").resolve(set.value());
  }

  private static SetFate fate(RunHandle run, SetId set) {
    return run.status().fates().stream()
        .filter(fate -> fate.set().equals(set))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDryRunSaysWhatGoesAndAPruneRemovesItButNotTheLastVerified() {
    try (var world = World.start()) {
      var verified = world.backup();
      var older = world.backup();
      var newest = world.backup();
      world.expect(Verdict.PASS, world.runs().verify(verified));
      retention(world, "keep: {last: 1}");

      var tried = world.runs().prune(true);
      world.expect(Verdict.PASS, tried);

      assertThat(sets(world)).containsExactlyInAnyOrder(newest, older, verified);
      assertThat(fate(tried, newest).why()).containsExactly("the latest good set", "last 1 of 1");
      assertThat(fate(tried, verified).why()).containsExactly("the last verified set");
      assertThat(fate(tried, older).stays()).isFalse();

      var answer = new CommandLine(world).run("prune", world.system(), "--yes");

      assertThat(answer.exitCode()).as(answer.stderr()).isZero();
      assertThat(answer.stdout())
          .contains(older + "  manual", "last: number 2 of its group, 1 stay")
          .contains("1 set removed, 2 kept.");
      assertThat(sets(world)).containsExactlyInAnyOrder(newest, verified);
      assertThat(folder(world, older)).doesNotExist();
      world.expect(Verdict.PASS, world.runs().verify(newest));
    }
  }

  @Test
  void aBackupEndsWithAPruneOnceTheRunbookSaysWhatStays() {
    try (var world = World.start()) {
      var first = world.backup();
      world.backup();
      assertThat(sets(world)).hasSize(2);
      retention(world, "keep: {last: 1}");

      var evidence = world.expect(Verdict.PASS, world.runs().backup());

      var made = evidence.set().orElseThrow().set();
      assertThat(sets(world)).containsExactly(made);
      assertThat(evidence.notes())
          .anyMatch(note -> note.startsWith("goes: " + first + " (manual): last: number 3"));
    }
  }

  @Test
  void whatARestoreHoldsStaysUntilItHasEnded() {
    try (var world = World.start()) {
      var restored = world.backup();
      var newest = world.backup();
      retention(world, "keep: {last: 1}\nretainedCopies: 1s");
      var restore = world.runs().restore(restored);
      restore.awaitWaiting("wait for approval");

      var run = world.runs().prune(false);
      world.expect(Verdict.PASS, run);

      assertThat(fate(run, restored).why())
          .singleElement()
          .asString()
          .startsWith("claimed by run " + restore.status().run() + " until ");
      var safety = world.archive().sets().getFirst();
      assertThat(safety.kind()).isEqualTo(SetKind.SAFETY);
      assertThat(fate(run, safety.set()).why())
          .contains(
              "safety set of run " + restore.status().run() + ", which has not ended",
              "the newest good set");
      assertThat(sets(world)).containsExactlyInAnyOrder(safety.set(), newest, restored);

      restore.reject();
      world.expect(Verdict.REJECTED, restore);
      prune(world);
      assertThat(sets(world)).containsExactlyInAnyOrder(safety.set(), newest);
    }
  }

  @Test
  void anUnsettledCutOverKeepsEverythingAsItIs() {
    try (var world = World.start()) {
      world.backup();
      world.backup();
      retention(world, "keep: {last: 1}");

      try (var unsettled = new UnsettledJournal(world)) {
        var evidence = world.expect(Verdict.REFUSED, world.runs().prune(false));

        assertThat(evidence.failure().orElseThrow().type())
            .isEqualTo(ErrorType.JOURNAL_UNSETTLED.id());
        assertThat(evidence.failure().orElseThrow().message()).contains(unsettled.run().value());
        assertThat(sets(world)).hasSize(2);
        assertThat(world.expect(Verdict.REFUSED, world.runs().prune(true)).notes()).isEmpty();
      }
      prune(world);
      assertThat(sets(world)).hasSize(1);
    }
  }

  /** A run that ends removes what it staged; where it could not, nobody else would. */
  @Test
  void copiesThatARunCouldNotRemoveAreSweptAndThoseOfYoungRunsAreNot() throws IOException {
    try (var world = World.start()) {
      var live = world.live();
      world.backup();
      retention(world, "keep: {last: 1}\ncrashedAfter: 1h");
      var old = new RunId("20200101T000000Z-restore-dead");
      var young = RunId.of(Instant.now(), Procedure.RESTORE, "xx");
      for (var run : List.of(old, young)) {
        stageAs(world, run);
      }
      assertThat(world.stagedDatabases()).hasSize(2);

      var tried = world.expect(Verdict.PASS, world.runs().prune(true));
      assertThat(tried.notes())
          .filteredOn(note -> note.startsWith("would remove staged copy "))
          .hasSize(2)
          .allMatch(note -> note.contains(old.value()));
      assertThat(world.stagedDatabases()).hasSize(2);
      prune(world);

      assertThat(world.stagedDatabases())
          .containsExactly(world.system() + "_rs" + young.shortName() + "_aaaa1111");
      assertThat(world.otherDirectories())
          .containsExactly(".files.resurge-" + young.shortName() + "-aaaa1111");
      assertThat(world.live()).isEqualTo(live);
    }
  }

  /** Marked as copies that are being built are. */
  private static void stageAs(World world, RunId run) throws IOException {
    var mark = "{\"run\":\"" + run + "\",\"token\":\"aaaa1111\",";
    var database = "\"" + world.system() + "_rs" + run.shortName() + "_aaaa1111\"";
    world.cluster().execute("postgres", "CREATE DATABASE " + database + " OWNER resurge_admin");
    world
        .cluster()
        .execute(
            "postgres",
            "ALTER DATABASE "
                + database
                + " SET resurge.staged TO '"
                + mark
                + "\"component\":\"database\",\"state\":\"loading\",\"manifest\":\"00\"}'");
    var directory =
        world.liveFiles().resolveSibling(".files.resurge-" + run.shortName() + "-aaaa1111");
    Files.createDirectory(directory);
    Files.writeString(directory.resolve("half"), "half");
    Files.getFileAttributeView(directory, UserDefinedFileAttributeView.class)
        .write(
            "resurge.staged",
            StandardCharsets.UTF_8.encode(
                mark + "\"component\":\"files\",\"state\":\"LOADING\",\"manifestSha256\":\"00\"}"));
  }

  @Test
  void whatACrashLeftIsSweptAndWhatIsYoungIsNot() throws IOException {
    try (var world = World.start()) {
      var torn = world.backup();
      var newest = world.backup();
      retention(world, "keep: {last: 1}\ncrashedAfter: 1h");
      // a removal that was killed after the manifest
      Files.writeString(folder(world, torn).resolve("removing.json"), "{}");
      Files.delete(folder(world, torn).resolve("manifest.json"));
      var old = new SetId("20200101T000000Z-dead");
      var young = SetId.of(Instant.now(), "xx");
      for (var set : List.of(old, young)) {
        Files.createDirectories(folder(world, set).resolve("files/aaaa1111"));
        Files.writeString(folder(world, set).resolve("files/aaaa1111/.tmp-1"), "half");
      }

      var tried = world.expect(Verdict.PASS, world.runs().prune(true));
      assertThat(tried.notes())
          .contains(
              "would remove what a crashed run left of set " + old,
              "would remove what a crashed run left of set " + torn);
      assertThat(folder(world, old)).exists();
      prune(world);

      assertThat(folder(world, old)).doesNotExist();
      assertThat(folder(world, torn)).doesNotExist();
      assertThat(folder(world, young)).exists();
      assertThat(sets(world)).containsExactly(newest);
    }
  }

  @Test
  void aCaptureThatGoesOnIsNotSweptHoweverOldItIs() {
    try (var world = World.start()) {
      world.backup();
      retention(world, "crashedAfter: 1ms");
      var hold = world.holdCapture();
      var backup = world.runs().backup();
      world.awaitHeldSession();

      var evidence = prune(world);

      assertThat(evidence.notes())
          .anyMatch(note ->
              note.startsWith("what lies under set ")
                  && note.contains(world.system() + "/data, held by a Capture"));
      hold.release();
      var made = world.expect(Verdict.PASS, backup).set().orElseThrow().set();
      world.expect(Verdict.PASS, world.runs().verify(made));
    }
  }

  @Test
  void aRetainedCopyGoesOnceASetOfItIsCommitted() {
    try (var world = World.start()) {
      var good = world.live();
      world.backup();
      world.damage();
      var damaged = world.live();
      var restored = world.expect(Verdict.PASS, world.runs().restore().approve());
      var copies = world.otherDatabases();
      assertThat(copies).hasSize(1);
      retention(world, "keep: {last: 9}\nretainedCopies: 30d");
      var kept = prune(world);
      assertThat(kept.notes())
          .anyMatch(note -> note.startsWith(copies.getFirst() + " (replaced by run "));
      assertThat(world.otherDatabases()).isEqualTo(copies);
      retention(world, "keep: {last: 9}\nretainedCopies: 1s");
      var before = sets(world);
      world.await(
          "the copies to expire", () -> Instant.now().isAfter(restored.ended().plusSeconds(1)));

      prune(world);

      assertThat(world.otherDatabases()).isEmpty();
      assertThat(world.otherDirectories()).noneMatch(name -> name.contains("retained"));
      var made = world.archive().sets().getFirst();
      assertThat(before).doesNotContain(made.set());
      assertThat(made.kind()).isEqualTo(SetKind.SAFETY);
      assertThat(made.labels()).containsKey("from-retained");
      assertThat(world.archive().rows(made.set(), "book")).isEqualTo(damaged.books());
      world.assertSettled(good);

      world.expect(Verdict.PASS, world.runs().restore(made.set()).approve());
      world.assertSettled(damaged);
    }
  }
}
