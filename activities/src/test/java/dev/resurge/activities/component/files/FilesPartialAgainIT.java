package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Brings single files back twice, late, and after attempts that died. */
class FilesPartialAgainIT extends PartialRestores {
  @Test
  void twiceEqualsOnceAlsoIfSomebodyWroteMeanwhile() throws IOException {
    goOn();
    var first = bring(lab.attempt, "2024/**", "r.pdf");
    Lab.bash(lab.live, "echo after > 2024/b.pdf");

    var again = bring(next(), "2024/**", "r.pdf");

    assertThat(again).isEqualTo(first);
    assertThat(lab.live.resolve("2024/b.pdf")).hasContent("after");
    assertThat(lab.siblings()).hasSize(2);
  }

  @Test
  void anotherRunBringsThemAgain() throws IOException {
    goOn();
    bring(lab.attempt, "r.pdf");
    Lab.bash(lab.live, "echo after > r.pdf");
    var other = new TestAttempt();

    bring(other, "r.pdf");

    assertThat(lab.live.resolve("r.pdf")).hasContent("root");
    assertThat(kept(other).resolve("r.pdf")).hasContent("after");
    assertThat(kept(lab.attempt).resolve("r.pdf")).hasContent("newer");
  }

  @Test
  void killedAtEveryRenameItGoesOnAndLosesNothing() throws IOException {
    goOn();
    bring(lab.attempt, "2024/**", "r.pdf");
    var look = "find . -printf '%P|%y|%m|%U|%G|%s|%l\\0' | sort -z | sha256sum";
    var expectedLive = Lab.bash(lab.live, look);
    var expectedKept = Lab.bash(kept(lab.attempt), look);
    int deaths = 0;
    for (boolean died = true; died; deaths++) {
      anotherLab("round" + deaths);
      goOn();
      died = diesAtRename(deaths, "2024/**", "r.pdf");

      var part = bring(next(), "2024/**", "r.pdf");

      assertThat(Lab.bash(lab.live, look)).as("after rename %d", deaths).isEqualTo(expectedLive);
      assertThat(Lab.bash(kept(lab.attempt), look)).as("%d", deaths).isEqualTo(expectedKept);
      assertThat(part.next()).singleElement().asString().contains("6 files");
      requireAsInSet("2024/01", "2024/01/a.pdf", "2024/b.pdf", "2024/link", "2024/%FF.pdf");
      assertThat(lab.siblings()).hasSize(2);
    }
    assertThat(deaths).isGreaterThan(12);
  }

  @Test
  void whatIsWrittenBetweenTwoAttemptsIsKeptToo() throws IOException {
    goOn();
    assertThat(diesAtRename(1, "r.pdf")).isTrue(); // after the old one was put aside
    assertThat(lab.live.resolve("r.pdf")).doesNotExist();
    Lab.bash(lab.live, "echo between > r.pdf");

    var part = bring(next(), "r.pdf");

    assertThat(lab.live.resolve("r.pdf")).hasContent("root");
    assertThat(kept(lab.attempt).resolve("r.pdf")).hasContent("newer");
    var second = new SiblingNames(lab.component).replaced(lab.attempt.run().id(), 2);
    assertThat(second.resolve("r.pdf")).hasContent("between");
    assertThat(part.next()).hasSize(2);
    assertThat(lab.driver.retained(lab.attempt, lab.component)).hasSize(2);
  }

  @Test
  void anAttemptThatDiedAfterPlacingIsFollowedByOneThatSaysSo() throws IOException {
    var elsewhere = new Component.Files("documents", root.resolve("srv/part").toString());
    var part = lab.driver.bring(lab.attempt, elsewhere, manifest, lab.set, paths("r.pdf"));
    var there = Path.of(elsewhere.path());
    new Markers()
        .staged(
            there,
            new Markers.Staged(
                lab.attempt.run().id(), "documents", "dead0000", Markers.State.COMPLETE, "x"));
    Files.writeString(there.resolve("r.pdf"), "after");

    assertThat(lab.driver.bring(next(), elsewhere, manifest, lab.set, paths("r.pdf")))
        .isEqualTo(part);
    assertThat(there.resolve("r.pdf")).hasContent("after");
    assertThat(new Markers().staged(there)).isEmpty();
  }

  @Test
  void anArchiveThatHoldsLessThanItsListingChangesNothing() throws IOException {
    var plain = new DirectorySet(root.resolve("plain"), false);
    manifest = lab.driver.capture(next(), lab.component, plain);
    Lab.bash(root, "mkdir less; echo 1 > less/other");
    Lab.bash(
        root,
        "tar -C less --format=pax --pax-option=delete=atime,delete=ctime --sort=name -c . > "
            + plain.file(manifest.artifacts().getFirst()));
    goOn();

    assertThatThrownBy(
            () -> lab.driver.bring(lab.attempt, lab.component, manifest, plain, paths("r.pdf")))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.SET_CORRUPT));
    assertThat(lab.live.resolve("r.pdf")).hasContent("newer");
  }
}
