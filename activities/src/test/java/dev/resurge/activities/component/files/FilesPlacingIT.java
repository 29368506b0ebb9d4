package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places restored directories where nothing is, and takes them back. */
class FilesPlacingIT {
  private static final Owner OWNER = new Owner("library", "i-1");

  @TempDir Path root;
  private Lab lab;
  private Component.Files absent;
  private Swap swap;

  @BeforeEach
  void makeLab() throws IOException {
    lab = new Lab(root);
    Lab.bash(lab.live, "echo set > f; chmod 640 f; chown 33:34 f; chmod 751 .");
    absent = new Component.Files("documents", root.resolve("srv/placed").toString());
    var manifest = lab.capture();
    var copy = lab.driver.stage(lab.attempt, absent, manifest, Lab.MANIFEST_SHA, lab.set);
    lab.requireEqual(manifest, copy);
    swap = lab.driver.swapFor(lab.attempt, absent, Optional.empty(), manifest.target(), copy);
  }

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  @Test
  void aCopyIsPlacedWhereNothingIsAndNothingIsRetained() throws IOException {
    assertThat(position()).isEqualTo(Position.BEFORE);

    lab.driver.cutOver(lab.attempt, absent, swap);
    lab.driver.cutOver(next(), absent, swap);

    assertThat(position()).isEqualTo(Position.AFTER);
    assertThat(lab.driver.retain(lab.attempt, absent, OWNER, swap)).isEmpty();
    assertThat(lab.driver.retain(next(), absent, OWNER, swap)).isEmpty();
    var placed = Path.of(absent.path());
    assertThat(placed.resolve("f")).hasContent("set");
    assertThat(Lab.bash(placed, "stat -c '%a %u %g' f . | tr '\\n' ' '"))
        .isEqualTo("640 33 34 751 0 0 ");
    assertThat(new Markers().owner(placed)).contains(OWNER);
    assertThat(new Markers().staged(placed)).isEmpty();
    assertThat(lab.driver.retained(lab.attempt, absent)).isEmpty();
    assertThat(lab.siblings()).containsExactly("documents", "placed");
  }

  @Test
  void aRejectedCopyIsTakenBackAndKept() throws IOException {
    lab.driver.cutOver(lab.attempt, absent, swap);
    Files.writeString(Path.of(absent.path()).resolve("written-while-live"), "1");

    lab.driver.swapBack(next(), absent, swap);
    lab.driver.swapBack(next(), absent, swap);
    lab.driver.discard(next(), absent);

    assertThat(position()).isEqualTo(Position.BACK);
    assertThat(Path.of(absent.path())).doesNotExist();
    assertThat(lab.driver.retained(lab.attempt, absent))
        .singleElement()
        .satisfies(kept -> {
          assertThat(kept.why()).isEqualTo("rejected");
          assertThat(kept.run()).isEqualTo(lab.attempt.run().id());
          assertThat(Path.of(kept.name()).resolve("written-while-live")).hasContent("1");
        });
    assertThatThrownBy(() -> lab.driver.cutOver(next(), absent, swap))
        .hasMessageContaining("never used again");
  }

  /** Who removes it may have to go back once more, for an attempt died after it. */
  @Test
  void aRejectedCopyThatWasRemovedIsNoReasonNotToBeBack() {
    lab.driver.cutOver(lab.attempt, absent, swap);
    lab.driver.swapBack(next(), absent, swap);
    lab.driver.remove(next(), absent, lab.driver.retained(lab.attempt, absent).getFirst());

    lab.driver.swapBack(next(), absent, swap);

    assertThat(position()).isEqualTo(Position.BACK);
    assertThatThrownBy(() -> lab.driver.cutOver(next(), absent, swap))
        .hasMessageContaining("did not swap in the restored copy");
  }

  @Test
  void aSwapBackThatDiedBeforeItsMarkIsFollowedByOneThatMarks() throws IOException {
    Files.move(Path.of(swap.stagedName()), Path.of(swap.rejectedName()));
    assertThat(position()).isEqualTo(Position.BACK);

    lab.driver.swapBack(next(), absent, swap);

    assertThat(lab.driver.retained(next(), absent)).hasSize(1);
  }

  @Test
  void whatSomebodyPutThereMeanwhileIsNeverTouched() throws IOException {
    Lab.bash(root, "mkdir srv/placed; echo precious > srv/placed/f");

    assertThat(position()).isEqualTo(Position.CHANGED);
    assertThatThrownBy(() -> lab.driver.cutOver(lab.attempt, absent, swap))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED))
        .hasMessageContaining("expected nothing or " + swap.staged());
    assertThat(Path.of(absent.path()).resolve("f")).hasContent("precious");
  }

  @Test
  void aLateAttemptPlacesNothingAfterTheRunHasGoneBack() {
    lab.driver.swapBack(next(), absent, swap);
    assertThat(position()).isEqualTo(Position.BEFORE);

    assertThatThrownBy(() -> lab.driver.cutOver(next(), absent, swap))
        .hasMessageContaining("gone back");

    assertThat(Path.of(absent.path())).doesNotExist();
    lab.driver.discard(next(), absent);
    assertThat(Path.of(swap.stagedName())).doesNotExist();
  }

  private Position position() {
    return lab.driver.position(lab.attempt, absent, swap);
  }

  private TestAttempt next() {
    return new TestAttempt(lab.attempt.run());
  }
}
