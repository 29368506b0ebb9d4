package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.component.files.tar.TarBytes;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FilesStagingIT {
  @TempDir Path root;
  private Lab lab;

  @BeforeEach
  void makeLab() throws IOException {
    lab = new Lab(root);
    Files.writeString(lab.live.resolve("f"), "set");
  }

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  @Test
  void aCompleteCopyIsReusedForItsManifestOnly() {
    var manifest = lab.capture();
    var first = lab.stage(manifest);

    var again = lab.stage(manifest, new TestAttempt(lab.attempt.run()));
    var other =
        lab.driver.stage(
            new TestAttempt(lab.attempt.run()), lab.component, manifest, "other", lab.set);

    assertThat(again).isEqualTo(first);
    assertThat(other.name()).isNotEqualTo(first.name());
    assertThat(Path.of(first.name())).doesNotExist();
  }

  @Test
  void aCopyHasItsPlaceBesideTheLiveDirectoryAndItsMark() {
    var copy = lab.stage(lab.capture());

    assertThat(Path.of(copy.name()).getParent()).isEqualTo(lab.live.getParent());
    assertThat(copy.name())
        .endsWith(
            "/.documents.resurge-"
                + lab.attempt.run().id().shortName()
                + "-"
                + lab.attempt.token());
    assertThat(new Markers().staged(Path.of(copy.name())).orElseThrow().state())
        .isEqualTo(Markers.State.COMPLETE);
    assertThat(copy.size().bytes()).isEqualTo(3);
  }

  @Test
  void anAttemptEndedInTheMiddleOfUnpackingIsFollowedByOneThatSucceeds() throws IOException {
    Lab.bash(lab.live, "for i in {1..500}; do head -c 20000 /dev/urandom > f$i; done");
    var manifest = lab.capture();
    var first = new TestAttempt(lab.attempt.run());

    assertThatThrownBy(() ->
            lab.driver.stage(
                first, lab.component, manifest, Lab.MANIFEST_SHA, cancelHalfway(first)))
        .isInstanceOf(CancellationException.class);
    var half = new SiblingNames(lab.component).staged(first.run().id(), first.token());
    assertThat(half).isNotEmptyDirectory();
    assertThat(new Markers().staged(half).orElseThrow().state()).isEqualTo(Markers.State.LOADING);
    var copy = lab.stage(manifest, new TestAttempt(lab.attempt.run()));

    lab.requireEqual(manifest, copy);
    assertThat(half).doesNotExist();
    assertThat(lab.siblings()).hasSize(2);
  }

  @Test
  void anAttemptThatWasGivenUpWhileItStoodStillRemovesWhatItBuilt() throws IOException {
    var manifest = lab.capture();
    var ofAnother = lab.stage(manifest, new TestAttempt());
    var late = new TestAttempt(lab.attempt.run());
    late.giveUp();

    assertThatThrownBy(() -> lab.stage(manifest, late))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining(late.token());

    assertThat(lab.siblings())
        .containsExactlyInAnyOrder("documents", Path.of(ofAnother.name()).getFileName().toString());
  }

  @Test
  @Timeout(60)
  void aTarThatAnEarlierAttemptLeftBehindIsEndedFirst() throws Exception {
    var manifest = lab.capture();
    var zombie = new TestAttempt(lab.attempt.run());
    var directory =
        new StagedCopies(lab.shell, new Markers(), new TreeRemoval(lab.shell))
            .create(zombie, lab.component, Lab.MANIFEST_SHA);
    try (var left = new TarProgram(lab.shell).extract(zombie, "documents", directory)) {
      lab.stage(manifest);

      assertThat(left.awaitExit()).isGreaterThan(128);
      assertThat(directory).doesNotExist();
    }
  }

  @Test
  @Timeout(60)
  void whatAnInterruptedRunLeftIsUsedAgainAndRemovedByTheRunThatContinuesIt() throws IOException {
    var manifest = lab.capture();
    var interrupted = new TestAttempt();
    var complete = lab.stage(manifest, interrupted);
    var halfOf = new TestAttempt(interrupted.run());
    var half =
        new StagedCopies(lab.shell, new Markers(), new TreeRemoval(lab.shell))
            .create(halfOf, lab.component, Lab.MANIFEST_SHA);
    var run = lab.attempt.run().continuing(List.of(interrupted.run().id()));
    try (var left = new TarProgram(lab.shell).extract(halfOf, "documents", half)) {

      var copy = lab.stage(manifest, new TestAttempt(run));

      assertThat(copy).isEqualTo(complete);
      assertThat(left.awaitExit()).isGreaterThan(128);
      assertThat(half).doesNotExist();
    }
    lab.driver.discard(new TestAttempt(), lab.component);
    assertThat(lab.driver.staged(new TestAttempt(run), lab.component)).hasSize(1);
    lab.driver.discard(new TestAttempt(run), lab.component);
    assertThat(lab.siblings()).containsExactly("documents");
  }

  @Test
  void onlyWhatBearsTheRunsMarkIsDiscarded() throws IOException {
    var manifest = lab.capture();
    lab.stage(manifest);
    var otherRun = lab.stage(manifest, new TestAttempt());
    var prefix = ".documents.resurge-" + lab.attempt.run().id().shortName() + "-";
    var foreign = Files.createDirectory(lab.live.resolveSibling(prefix + "foreign0"));
    Files.writeString(foreign.resolve("precious"), "1");
    var unmarked = Files.createDirectory(lab.live.resolveSibling(prefix + "unmarked"));

    lab.driver.discard(lab.attempt, lab.component);

    assertThat(unmarked).doesNotExist();
    assertThat(foreign.resolve("precious")).exists();
    assertThat(lab.siblings())
        .containsExactlyInAnyOrder(
            "documents",
            foreign.getFileName().toString(),
            Path.of(otherRun.name()).getFileName().toString());
  }

  @Test
  void discardingFollowsNoSymbolicLink() throws IOException {
    var outside = Files.createDirectory(root.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "1");
    Files.createSymbolicLink(lab.live.resolve("link"), outside);
    lab.stage(lab.capture());

    lab.driver.discard(lab.attempt, lab.component);

    assertThat(outside.resolve("precious")).exists();
    assertThat(lab.siblings()).containsExactly("documents");
  }

  @Test
  void whatDiffersInAStagedCopyIsNamed() throws IOException {
    Lab.bash(lab.live, "mkdir d; echo 1 > d/a; echo 2 > d/b; echo 3 > d/c");
    var manifest = lab.capture();
    var copy = lab.stage(manifest);
    Lab.bash(
        Path.of(copy.name()),
        "rm d/a; echo 9 > d/b; touch -r d/c d/b; chmod 600 d/c; touch $'new\\xff'; touch -d @1 . d");

    var checks = lab.driver.verifyStaged(lab.attempt, lab.component, manifest, lab.set, copy);

    assertThat(checks)
        .singleElement()
        .satisfies(check -> {
          assertThat(check.passed()).isFalse();
          assertThat(check.actual())
              .contains("missing: d/a")
              .contains("changed: d/b (")
              .contains("changed: d/c (mode 0644 → 0600)")
              .contains("not in the set: new%FF")
              .contains("digest: expected");
        });
  }

  @Test
  void aCopyThatWasReplacedFailsItsCheck() throws IOException {
    var manifest = lab.capture();
    var copy = lab.stage(manifest);
    Files.move(Path.of(copy.name()), root.resolve("gone"));
    Files.createDirectory(Path.of(copy.name()));

    var checks = lab.driver.verifyStaged(lab.attempt, lab.component, manifest, lab.set, copy);

    assertThat(checks).singleElement().satisfies(c -> assertThat(c.passed()).isFalse());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.resurge.activities.component.files.ArchiveGuardTest#escapes")
  void aForgedArchiveWritesNothingOutside(String what, TarBytes evil) throws IOException {
    var plain = new DirectorySet(root.resolve("plain"), false);
    var manifest = lab.driver.capture(lab.attempt, lab.component, plain);
    Lab.bash(root, "mkdir outside");
    Files.write(
        plain.file(manifest.artifacts().getFirst()),
        new TarBytes()
            .directory("./")
            .symlink("./out", root.resolve("outside").toString())
            .directory("./d/")
            .symlink("./d/up", "../..")
            .raw(evil.cut())
            .end());
    var before = lab.siblings();

    assertThatThrownBy(() -> stagePlain(plain, manifest))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.ARCHIVE_UNSAFE));

    assertThat(root.resolve("outside")).isEmptyDirectory();
    assertThat(lab.siblings()).hasSize(before.size() + 1);
    lab.driver.discard(lab.attempt, lab.component);
    assertThat(lab.siblings()).isEqualTo(before);
  }

  @Test
  void anArchiveThatWasCutIsCorruptAndNeverComplete() throws IOException {
    var plain = new DirectorySet(root.resolve("plain"), false);
    var manifest = lab.driver.capture(lab.attempt, lab.component, plain);
    var archive = plain.file(manifest.artifacts().getFirst());
    Files.write(archive, java.util.Arrays.copyOf(Files.readAllBytes(archive), 2048));

    assertThatThrownBy(() -> stagePlain(plain, manifest))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.SET_CORRUPT));
    assertThat(
            new StagedCopies(lab.shell, new Markers(), new TreeRemoval(lab.shell))
                .complete(lab.attempt, lab.component, Lab.MANIFEST_SHA))
        .isEmpty();
  }

  @Test
  void aFullDiskIsSaidToBeFull() throws IOException {
    Lab.bash(lab.live, "head -c 3000000 /dev/urandom > big");
    var manifest = lab.capture();
    var small = Files.createDirectory(root.resolve("small"));
    Lab.bash(root, "mount -t tmpfs -o size=1m none small && mkdir small/documents");
    try {
      var there =
          new dev.resurge.workflows.runbook.Component.Files(
              "documents", small.resolve("documents").toString());

      assertThatThrownBy(
              () -> lab.driver.stage(lab.attempt, there, manifest, Lab.MANIFEST_SHA, lab.set))
          .isInstanceOfSatisfying(
              ResurgeException.class,
              e -> assertThat(e.type()).isEqualTo(ErrorType.NOT_ENOUGH_SPACE));
    } finally {
      Lab.bash(root, "umount small");
    }
  }

  private void stagePlain(DirectorySet plain, ComponentManifest manifest) {
    lab.driver.stage(lab.attempt, lab.component, manifest, Lab.MANIFEST_SHA, plain);
  }

  private ArtifactReader cancelHalfway(TestAttempt attempt) {
    return artifact ->
        new FilterInputStream(lab.set.open(artifact)) {
          private long count;

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, Math.min(length, 10_000));
            count += read;
            if (count > 5_000_000) {
              attempt.cancel();
            }
            return read;
          }
        };
  }
}
