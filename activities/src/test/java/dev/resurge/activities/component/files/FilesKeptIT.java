package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.component.files.Markers.Staged;
import dev.resurge.activities.component.files.Markers.State;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Swap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a retained copy: captured, swapped in again, removed. */
class FilesKeptIT {
  private static final Owner OWNER = new Owner("library", "i-1");

  @TempDir Path root;
  private Lab lab;
  private Retained kept;

  /** A directory that was restored; what it held before is kept. */
  @BeforeEach
  void makeLab() throws IOException {
    lab = new Lab(root);
    Lab.bash(lab.live, "echo set > f; mkdir d; echo 1 > d/a; chmod 600 d/a; chown 33:34 d");
    lab.driver.mark(lab.attempt, lab.component, OWNER);
    var swap = lab.readyToSwap();
    Files.writeString(lab.live.resolve("f"), "newer");
    lab.driver.cutOver(lab.attempt, lab.component, swap);
    kept = lab.driver.retain(lab.attempt, lab.component, OWNER, swap).orElseThrow();
  }

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  @Test
  void aSetOfARetainedCopyIsRestoredLikeOneOfTheLiveDirectory() throws IOException {
    var look = "find . -printf '%P|%y|%m|%U|%G|%T@|%l\\0' | sort -z | sha256sum";
    var set = new DirectorySet(root.resolve("of kept"), true);
    var run = new TestAttempt();

    var manifest = lab.driver.capture(run, lab.component.at(kept.name()), set);

    assertThat(manifest.target()).isEqualTo(kept.identity());
    assertThat(manifest.name()).isEqualTo("documents");
    assertThat(manifest.facts().get("path").asText()).isEqualTo(lab.live.toString());
    assertThat(lab.driver.restoreInstructions(manifest))
        .contains("the directory `" + lab.live + "`");
    var copy = lab.driver.stage(run, lab.component, manifest, "of kept", set);
    assertThat(lab.driver.verifyStaged(run, lab.component, manifest, set, copy))
        .allSatisfy(check -> assertThat(check.passed()).as(check.actual()).isTrue());
    assertThat(Lab.bash(Path.of(copy.name()), look))
        .isEqualTo(Lab.bash(Path.of(kept.name()), look));
    assertThat(Path.of(copy.name()).resolve("f")).hasContent("newer");
    assertThat(new Markers().kept(Path.of(copy.name()))).isEmpty();
    assertThat(new Markers().owner(Path.of(copy.name()))).isEmpty();
  }

  @Test
  void aDirectoryThatIsOnlyCalledLikeAKeptOneIsCapturedAsItself() throws IOException {
    var named = Files.createDirectory(root.resolve("srv/x.resurge-retained-abcd"));

    var manifest =
        lab.driver.capture(
            lab.attempt,
            lab.component.at(named.toString()),
            new DirectorySet(root.resolve("2"), true));

    assertThat(manifest.facts().get("path").asText()).isEqualTo(named.toString());
  }

  @Test
  void aRetainedCopyIsSwappedInAgainAndWhatWasLiveIsKeptInItsTurn() throws IOException {
    var again = new TestAttempt();
    var swap = adopted(again);

    lab.driver.cutOver(again, lab.component, swap);
    var replaced = lab.driver.retain(again, lab.component, OWNER, swap).orElseThrow();

    assertThat(lab.live.resolve("f")).hasContent("newer");
    assertThat(new Markers().kept(lab.live)).isEmpty();
    assertThat(new Markers().owner(lab.live)).contains(OWNER);
    assertThat(replaced.run()).isEqualTo(again.run().id());
    assertThat(replaced.why()).isEqualTo("replaced");
    assertThat(Path.of(replaced.name()).resolve("f")).hasContent("set");
    assertThat(lab.driver.retained(again, lab.component)).containsExactly(replaced);
    assertThat(lab.siblings()).hasSize(2);
  }

  @Test
  void aRetainedCopyThatIsNotSwappedInAfterAllStaysWhatItWas() throws IOException {
    var again = new TestAttempt();
    var swap = adopted(again);

    lab.driver.swapBack(again, lab.component, swap);
    lab.driver.discard(again, lab.component);

    assertThat(lab.driver.retained(again, lab.component)).containsExactly(kept);
    assertThatThrownBy(() -> lab.driver.cutOver(again, lab.component, swap))
        .hasMessageContaining("gone back");
    var later = new TestAttempt();
    lab.driver.cutOver(later, lab.component, adopted(later));
    assertThat(lab.live.resolve("f")).hasContent("newer");
  }

  @Test
  void aRetainedCopyThatWasLiveAgainAndRejectedIsOfTheRunThatRejectedIt() throws IOException {
    var again = new TestAttempt();
    var swap = adopted(again);
    lab.driver.cutOver(again, lab.component, swap);

    lab.driver.swapBack(again, lab.component, swap);
    lab.driver.discard(again, lab.component);

    assertThat(lab.driver.position(again, lab.component, swap)).isEqualTo(Position.BACK);
    assertThat(lab.live.resolve("f")).hasContent("set");
    assertThat(lab.driver.retained(again, lab.component))
        .singleElement()
        .satisfies(copy -> {
          assertThat(copy.identity()).isEqualTo(kept.identity());
          assertThat(copy.why()).isEqualTo("rejected");
          assertThat(copy.run()).isEqualTo(again.run().id());
          assertThatThrownBy(() -> lab.driver.adopt(again, lab.component, copy))
              .isInstanceOfSatisfying(
                  ResurgeException.class,
                  e -> assertThat(e.type()).isEqualTo(ErrorType.INPUT_INVALID))
              .hasMessageContaining("rejected");
        });
  }

  @Test
  void aRetainedCopyMayBePlacedWhereTheLiveDirectoryIsGone() throws IOException {
    Lab.bash(lab.live, "rm -r ../documents");
    var again = new TestAttempt();
    var copy = lab.driver.adopt(again, lab.component, kept);
    var swap = lab.driver.swapFor(again, lab.component, Optional.empty(), kept.identity(), copy);

    lab.driver.cutOver(again, lab.component, swap);

    assertThat(lab.driver.retain(again, lab.component, OWNER, swap)).isEmpty();
    assertThat(lab.live.resolve("f")).hasContent("newer");
    assertThat(lab.siblings()).containsExactly("documents");
  }

  @Test
  void whatIsNotAsItWasKeptIsNeitherTakenNorRemoved() throws IOException {
    var copy = Path.of(kept.name());
    var unmarked = Files.move(copy, root.resolve("srv/moved"));
    Files.createDirectory(copy);
    refused(kept);
    Files.delete(copy);
    Files.move(unmarked, copy);
    new Markers().clearKept(copy);
    refused(kept);
    var aside = Files.createDirectory(root.resolve("srv/aside"));
    new Markers()
        .kept(aside, new Markers.Kept(kept.run(), "documents", "replaced", Optional.empty()));
    var identity = new DirectoryIdentities(() -> Lab.MACHINE, new NativeCalls()).require(aside);
    refused(
        new Retained("documents", aside.toString(), identity, "replaced", kept.run(), kept.size()));
    assertThat(aside).isDirectory();
    refused(
        new Retained(
            "documents", lab.live.toString(), live(), "replaced", kept.run(), kept.size()));
    assertThat(copy.resolve("d/a")).exists();
    assertThat(lab.live.resolve("d/a")).exists();
  }

  private void refused(Retained copy) {
    for (Runnable move :
        List.<Runnable>of(
            () -> lab.driver.adopt(lab.attempt, lab.component, copy),
            () -> lab.driver.remove(lab.attempt, lab.component, copy))) {
      assertThatThrownBy(move::run)
          .isInstanceOfSatisfying(
              ResurgeException.class,
              e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED));
    }
  }

  @Test
  void aRetainedCopyIsRemovedAndOnlyIt() throws IOException {
    lab.driver.remove(new TestAttempt(), lab.component, kept);
    lab.driver.remove(new TestAttempt(), lab.component, kept);

    assertThat(lab.siblings()).containsExactly("documents");
    assertThat(lab.live.resolve("d/a")).exists();
  }

  @Test
  void aHalfRemovedCopyIsNeverTakenForAGoodOne() throws IOException {
    var prune = new TestAttempt();
    var half =
        List.of(
            "find", lab.live.getParent().toString(), "-path", "*-away*", "-name", "a", "-delete");
    var dying =
        new FilesDriver(
            new DyingShell(lab.shell, "rm", half),
            Clock.systemUTC(),
            () -> Lab.MACHINE,
            lab.scratch);

    assertThatThrownBy(() -> dying.remove(prune, lab.component, kept))
        .isInstanceOf(DyingShell.Died.class);

    assertThat(lab.driver.retained(prune, lab.component)).isEmpty();
    assertThat(lab.driver.staged(prune, lab.component)).hasSize(1);
    lab.driver.remove(new TestAttempt(prune.run()), lab.component, kept);
    assertThat(lab.siblings()).containsExactly("documents");
  }

  @Test
  void aCopyThatWasOnlyMarkedForRemovalIsStillAGoodOne() throws IOException {
    var prune = new TestAttempt();
    new Markers()
        .staged(
            Path.of(kept.name()),
            new Staged(prune.run().id(), "documents", "dead0000", State.LEAVING, ""));

    lab.driver.discard(prune, lab.component);

    assertThat(lab.driver.retained(prune, lab.component)).containsExactly(kept);
    var again = new TestAttempt();
    var swap = adopted(again);
    lab.driver.cutOver(again, lab.component, swap);
    lab.driver.retain(again, lab.component, OWNER, swap);
    lab.driver.discard(prune, lab.component);
    assertThat(lab.live.resolve("f")).hasContent("newer");
    assertThat(new Markers().staged(lab.live)).isEmpty();
  }

  private dev.resurge.workflows.model.TargetIdentity live() {
    return new DirectoryIdentities(() -> Lab.MACHINE, new NativeCalls()).require(lab.live);
  }

  private Swap adopted(TestAttempt attempt) {
    var copy = lab.driver.adopt(attempt, lab.component, kept);
    return lab.driver.swapFor(attempt, lab.component, Optional.of(live()), live(), copy);
  }
}
