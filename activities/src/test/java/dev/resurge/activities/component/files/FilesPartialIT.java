package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.component.files.tar.TarBytes;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Brings single files of a set back, into a directory that went on, and beside it. */
class FilesPartialIT extends PartialRestores {
  @Test
  void chosenFilesComeBackAsTheyWereAndTheOthersStay() throws IOException {
    goOn();
    var before = Lab.bash(lab.live, "stat -c '%a %i' . 2024; cat 2024/new.pdf r.pdf");

    var part = bring(lab.attempt, "2024/**");

    requireAsInSet(
        "2024/01", "2024/01/a.pdf", "2024/b.pdf", "2024/link", "2024/empty", "2024/%FF.pdf");
    assertThat(Lab.bash(lab.live, "stat -c '%a %i' . 2024; cat 2024/new.pdf r.pdf"))
        .isEqualTo(before);
    var kept = kept(lab.attempt);
    assertThat(
            Lab.bash(
                kept, "cat 2024/b.pdf 2024/link/x 2024/empty 2024/$'\\xff.pdf'; find . -type f"))
        .startsWith("newer\nin\nfile\nnewer\n")
        .contains("2024/t.txt");
    assertThat(Lab.bash(kept, "find . -type f | wc -l").strip()).isEqualTo("5");
    assertThat(part.where()).isEqualTo(lab.live.toString());
    assertThat(part.what().getFirst()).startsWith("5 files and 2 folders, ");
    assertThat(part.what()).contains("2024/b.pdf, 2 B", "2024/%FF.pdf, 4 B");
    assertThat(part.next()).singleElement().asString().contains("5 files", kept.toString());
    assertThat(lab.driver.retained(lab.attempt, lab.component))
        .singleElement()
        .satisfies(copy -> {
          assertThat(copy.why()).isEqualTo("replaced files");
          assertThat(copy.run()).isEqualTo(lab.attempt.run().id());
          assertThatThrownBy(() -> lab.driver.adopt(lab.attempt, lab.component, copy))
              .hasMessageContaining("replaced files");
        });
    assertThat(lab.driver.staged(lab.attempt, lab.component)).isEmpty();
    assertThat(lab.siblings()).hasSize(2);
  }

  @Test
  void wherePathsChooseNoFolderNothingElseIsTouched() throws IOException {
    goOn();

    var part = bring(lab.attempt, "*.pdf");

    assertThat(lab.live.resolve("r.pdf")).hasContent("root");
    assertThat(lab.live.resolve("2024/b.pdf")).hasContent("newer");
    assertThat(part.what()).containsExactly("1 files and 0 folders, 5 B", "r.pdf, 5 B");
    assertThat(kept(lab.attempt).resolve("r.pdf")).hasContent("newer");
  }

  @Test
  void aMissingFolderComesWithTheAttributesItHad() throws IOException {
    Lab.bash(lab.live, "rm -r 2024");

    var part = bring(lab.attempt, "2024/01/*.pdf", "2023/o.pdf");

    requireAsInSet("2024/01", "2024/01/a.pdf", "2023/o.pdf");
    assertThat(Lab.bash(lab.live, "find 2024 | sort")).isEqualTo("2024\n2024/01\n2024/01/a.pdf\n");
    assertThat(part.next()).singleElement().asString().contains("1 files");
  }

  @Test
  void noSymbolicLinkOfTheLiveDirectoryIsGoneThrough() throws IOException {
    Lab.bash(root, "mkdir outside; echo precious > outside/b.pdf");
    Lab.bash(lab.live, "rm -r 2024; ln -s ../../outside 2024; echo newer > r.pdf");

    assertThatThrownBy(() -> bring(lab.attempt, "r.pdf", "2024/b.pdf"))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INPUT_INVALID))
        .hasMessageContaining("2024 is a folder in the set");

    assertThat(lab.live.resolve("r.pdf")).hasContent("newer");
    assertThat(root.resolve("outside/b.pdf")).hasContent("precious");
    lab.driver.discard(lab.attempt, lab.component);
    assertThat(lab.siblings()).containsExactly("documents");
  }

  @Test
  void aLinkThatIsItselfChosenIsReplacedAndKept() throws IOException {
    Lab.bash(root, "mkdir outside; echo precious > outside/b.pdf");
    Lab.bash(lab.live, "rm -r 2024; ln -s ../../outside 2024");

    bring(lab.attempt, "2024");

    requireAsInSet("2024", "2024/b.pdf", "2024/01/a.pdf", "2024/t.txt");
    assertThat(kept(lab.attempt).resolve("2024")).isSymbolicLink();
    assertThat(root.resolve("outside")).isDirectoryContaining("glob:**/b.pdf");
    assertThat(root.resolve("outside/b.pdf")).hasContent("precious");
  }

  @Test
  void elsewhereTheChosenFilesMakeADirectoryOfTheirOwn() throws IOException {
    var elsewhere = new Component.Files("documents", root.resolve("srv/part").toString());

    var part = lab.driver.bring(lab.attempt, elsewhere, manifest, lab.set, paths("2024/**/*.pdf"));
    var again = lab.driver.bring(next(), elsewhere, manifest, lab.set, paths("2024/**/*.pdf"));

    assertThat(again).isEqualTo(part);
    var there = Path.of(elsewhere.path());
    var all = "find . | LC_ALL=C sort";
    var pdfs =
        "find . -path './2024*.pdf' -o -path . -o -path ./2024 -o -path ./2024/01 | LC_ALL=C sort";
    assertThat(Lab.bash(there, all)).isEqualTo(Lab.bash(lab.live, pdfs)).contains("a.pdf");
    assertThat(part.where()).isEqualTo(elsewhere.path());
    assertThat(part.next()).containsExactly("nothing was replaced");
    assertThat(new Markers().staged(there)).isEmpty();
    requireAsInSet(there, "2024", "2024/01", "2024/01/a.pdf", "2024/b.pdf", "2024/%FF.pdf");
    assertThat(lab.siblings()).containsExactly("documents", "part");
  }

  @Test
  void aHardLinkComesWithItsContentThoughItsFirstNameIsNotChosen() throws IOException {
    anotherLab("links");
    Lab.bash(
        lab.live,
        "mkdir first x; echo shared > first/f; ln first/f x/g; ln first/f x/h; ln -s t first/s; ln first/s x/s");
    manifest = capture(lab.component, "with links");
    Lab.bash(lab.live, "rm -r x; echo newer > first/n; rm first/f");

    var set = new DirectorySet(root.resolve("with links"), true);
    var part = lab.driver.bring(lab.attempt, lab.component, manifest, set, paths("x"));

    assertThat(lab.live.resolve("x/g")).hasContent("shared");
    assertThat(Lab.bash(lab.live, "stat -c '%h' x/g; readlink x/s; ls first"))
        .isEqualTo("2\nt\nn\ns\n");
    assertThat(part.what()).contains("x/g, another name of first/f");
    assertThat(part.next()).containsExactly("nothing was replaced");
  }

  @Test
  void whatOnlyLentItsContentDoesNotComeAlong() throws IOException {
    anotherLab("links");
    Lab.bash(
        lab.live,
        "mkdir -p first/deep x; echo shared > first/deep/f; echo o > first/o; ln first/deep/f x/g");
    manifest = capture(lab.component, "with links");
    Lab.bash(lab.live, "rm -r x first");

    var set = new DirectorySet(root.resolve("with links"), true);
    lab.driver.bring(lab.attempt, lab.component, manifest, set, paths("x", "first/o"));

    assertThat(Lab.bash(lab.live, "find first x | sort | tr '\\n' ' '"))
        .isEqualTo("first first/o x x/g ");
    assertThat(lab.live.resolve("x/g")).hasContent("shared");
  }

  @Test
  void aFolderThatIsThereKeepsWhatTheSetDoesNotHold() throws IOException {
    goOn();
    var before = Lab.bash(lab.live, "stat -c '%i' 2024 2024/new.pdf");

    bring(lab.attempt, "2024");

    assertThat(Lab.bash(lab.live, "stat -c '%i' 2024 2024/new.pdf")).isEqualTo(before);
    requireAsInSet("2024/01", "2024/01/a.pdf", "2024/b.pdf", "2024/link");
    assertThat(kept(lab.attempt).resolve("2024/new.pdf")).doesNotExist();
  }

  @Test
  void aForgedArchiveWritesNothingOutside() throws IOException {
    var plain = new DirectorySet(root.resolve("plain"), false);
    manifest = lab.driver.capture(next(), lab.component, plain);
    Lab.bash(root, "mkdir outside");
    Files.write(
        plain.file(manifest.artifacts().getFirst()),
        new TarBytes()
            .directory("./")
            .symlink("./2024", root.resolve("outside").toString())
            .file("./2024/b.pdf", "evil")
            .end());

    assertThatThrownBy(
            () -> lab.driver.bring(lab.attempt, lab.component, manifest, plain, paths("2024")))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.ARCHIVE_UNSAFE));
    assertThat(root.resolve("outside")).isEmptyDirectory();
  }

  @Test
  void whatTheSetDoesNotHoldIsRefusedWithWhatIsNear() throws IOException {
    goOn();
    for (var wrong :
        Map.of("2O24/b.pdf", "2024/b.pdf", "b.pdf", "2024/b.pdf", "*.PDF", "r.pdf").entrySet()) {
      assertThatThrownBy(() -> bring(lab.attempt, "r.pdf", wrong.getKey()))
          .isInstanceOfSatisfying(
              ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INPUT_INVALID))
          .hasMessageContaining("nothing under '" + wrong.getKey() + "' (nearest: ")
          .hasMessageContaining(wrong.getValue());
    }
    assertThat(lab.live.resolve("r.pdf")).hasContent("newer");
    assertThat(lab.siblings()).containsExactly("documents");
    assertThatThrownBy(() -> bring(lab.attempt)).hasMessageContaining("no paths");
  }

  @Test
  void aRestoreOfThePartIsNoPartOfTheNextSet() throws IOException {
    goOn();
    bring(lab.attempt, "**");
    var set = new DirectorySet(root.resolve("next"), true);

    var after = lab.driver.capture(new TestAttempt(), lab.component, set);

    var copy = lab.driver.stage(next(), lab.component, after, "next", set);
    assertThat(new Markers().brought(Path.of(copy.name()))).isEmpty();
  }
}
