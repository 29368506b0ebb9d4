package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.component.files.Markers.Staged;
import dev.resurge.activities.component.files.Markers.State;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TargetIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removes live directories, as a restore in place does, and dies at every line of it. */
class FilesRemovalIT {
  @TempDir Path root;
  private Lab lab;
  private TargetIdentity identity;

  @BeforeEach
  void makeLab() throws IOException {
    lab = new Lab(root);
    Lab.bash(lab.live, "mkdir d; echo 1 > d/f; echo 2 > g; ln -s /etc s");
    identity = lab.capture().target();
  }

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  @Test
  void theLiveDirectoryIsRemovedWithAllThatIsInItAndNothingElse() throws IOException {
    Files.createDirectory(root.resolve("srv/other"));

    lab.driver.removeLive(lab.attempt, lab.component, identity);
    lab.driver.removeLive(next(), lab.component, identity);

    assertThat(lab.siblings()).containsExactly("other");
    assertThat(Path.of("/etc/passwd")).exists();
    assertThat(lab.driver.reopen(lab.attempt, lab.component, identity)).isFalse();
  }

  @Test
  void anotherDirectoryUnderTheNameIsNeverTouched() throws IOException {
    Files.move(lab.live, root.resolve("srv/old"));
    Lab.bash(root, "mkdir srv/documents; echo precious > srv/documents/f");

    assertThatThrownBy(() -> lab.driver.removeLive(lab.attempt, lab.component, identity))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED))
        .hasMessageContaining(identity.value());

    assertThat(lab.live.resolve("f")).hasContent("precious");
    assertThat(lab.driver.reopen(lab.attempt, lab.component, identity)).isFalse();
    assertThat(new Markers().any(lab.live)).isFalse();
  }

  @Test
  void whatIsNoDirectoryUnderTheNameIsNeverTouched() throws IOException {
    var old = Files.move(lab.live, root.resolve("srv/old"));
    Files.createSymbolicLink(lab.live, old);

    assertThatThrownBy(() -> lab.driver.removeLive(lab.attempt, lab.component, identity))
        .hasMessageContaining("it is a symbolic link");
    assertThat(old.resolve("g")).exists();
  }

  @Test
  void anAttemptThatDiedAfterTheMarkHasHarmedNothing() throws IOException {
    markAs(State.LEAVING);

    lab.driver.discard(next(), lab.component);
    assertThat(lab.live.resolve("d/f")).exists();
    assertThat(lab.driver.staged(next(), lab.component)).isEmpty();
    assertThat(lab.driver.reopen(next(), lab.component, identity)).isTrue();
    assertThat(lab.live.resolve("d/f")).exists();
  }

  @Test
  void anAttemptThatDiedAfterTheMarkIsFollowedByOneThatRemoves() throws IOException {
    markAs(State.LEAVING);

    lab.driver.removeLive(next(), lab.component, identity);

    assertThat(lab.siblings()).isEmpty();
  }

  @Test
  void anAttemptThatDiedAfterTheRenameIsFollowedByOneThatRemovesTheRest() throws IOException {
    assertThatThrownBy(() -> dying("rm", List.of()).removeLive(next(), lab.component, identity))
        .isInstanceOf(DyingShell.Died.class);

    assertThat(lab.live).doesNotExist();
    assertThat(lab.driver.staged(next(), lab.component)).singleElement().asString().contains(".");
    lab.driver.removeLive(next(), lab.component, identity);
    assertThat(lab.siblings()).isEmpty();
  }

  @Test
  void anAttemptThatDiedInTheMiddleOfRemovingIsFollowedByOneThatRemovesTheRest()
      throws IOException {
    var half =
        List.of(
            "find", lab.live.getParent().toString(), "-path", "*-away*", "-name", "g", "-delete");
    assertThatThrownBy(() -> dying("rm", half).removeLive(next(), lab.component, identity))
        .isInstanceOf(DyingShell.Died.class);
    assertThat(lab.live).doesNotExist();

    lab.driver.discard(next(), lab.component);

    assertThat(lab.siblings()).isEmpty();
  }

  @Test
  void whatWasStagedMeanwhileIsNotRemovedByALateAttempt() throws IOException {
    var manifest = lab.driver.capture(lab.attempt, lab.component, other());
    lab.driver.removeLive(next(), lab.component, identity);
    var copy = lab.driver.stage(next(), lab.component, manifest, Lab.MANIFEST_SHA, other());

    lab.driver.removeLive(next(), lab.component, identity);

    assertThat(Path.of(copy.name())).isNotEmptyDirectory();
  }

  @Test
  void aLateAttemptDoesNotRemoveWhatTheRunHasGoneBackTo() {
    assertThat(lab.driver.reopen(next(), lab.component, identity)).isTrue();
    assertThat(lab.driver.reopen(next(), lab.component, identity)).isTrue();

    assertThatThrownBy(() -> lab.driver.removeLive(next(), lab.component, identity))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.TARGET_CHANGED))
        .hasMessageContaining("gone back");
    assertThat(lab.live.resolve("d/f")).exists();

    lab.driver.removeLive(new TestAttempt(), lab.component, identity); // another run may
    assertThat(lab.live).doesNotExist();
  }

  private DirectorySet other() {
    return new DirectorySet(root.resolve("other"), true);
  }

  private TestAttempt next() {
    return new TestAttempt(lab.attempt.run());
  }

  private void markAs(State state) {
    new Markers()
        .staged(lab.live, new Staged(lab.attempt.run().id(), "documents", "dead0000", state, ""));
  }

  private FilesDriver dying(String program, List<String> halfOfIt) {
    Shell shell = new DyingShell(lab.shell, program, halfOfIt);
    return new FilesDriver(shell, Clock.systemUTC(), () -> Lab.MACHINE, lab.scratch);
  }
}
