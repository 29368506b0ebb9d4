package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brings single files of a set back, into a directory that went on, and beside it. */
class FilesPartialIT {
  @TempDir Path base;
  private Path root;
  private Lab lab;
  private ComponentManifest manifest;

  @BeforeEach
  void makeLab() throws IOException {
    makeLab("first");
  }

  private void makeLab(String name) throws IOException {
    root = Files.createDirectory(base.resolve(name));
    lab = new Lab(root);
    Lab.bash(
        lab.live,
        """
        mkdir -p 2024/01 2024/empty 2023; echo jan > 2024/01/a.pdf; echo b > 2024/b.pdf; echo t > 2024/t.txt
        echo old > 2023/o.pdf; echo root > r.pdf; ln -s /etc/passwd 2024/link; echo raw > 2024/$'\\xff.pdf'
        chmod 640 2024/b.pdf; chown 33:34 2024/b.pdf 2024/01; chmod 2750 2024/01
        touch -d '2001-02-03 04:05:06.123456789' 2024/b.pdf 2024/01/a.pdf 2024/01; touch -h -d @77 2024/link
        """);
    Files.getFileAttributeView(lab.live.resolve("2024/b.pdf"), UserDefinedFileAttributeView.class)
        .write("note", ByteBuffer.wrap("blue".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    manifest = lab.capture();
  }

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  /** What went on after the capture: changed, removed, new, and of another kind. */
  private void goOn() throws IOException {
    Lab.bash(
        lab.live,
        """
        echo newer > 2024/b.pdf; rm -r 2024/01 2024/link; mkdir 2024/link; echo in > 2024/link/x
        echo new > 2024/new.pdf; rm 2024/empty -r; echo file > 2024/empty; echo newer > 2024/$'\\xff.pdf'
        echo newer > r.pdf; chmod 700 2024
        """);
  }

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

  @Test
  void aRestoreOfThePartIsNoPartOfTheNextSet() throws IOException {
    goOn();
    bring(lab.attempt, "**");
    var set = new DirectorySet(root.resolve("next"), true);

    var after = lab.driver.capture(new TestAttempt(), lab.component, set);

    var copy = lab.driver.stage(next(), lab.component, after, "next", set);
    assertThat(new Markers().brought(Path.of(copy.name()))).isEmpty();
  }

  private BroughtPart bring(TestAttempt attempt, String... paths) {
    return lab.driver.bring(attempt, lab.component, manifest, lab.set, paths(paths));
  }

  private static Scope paths(String... paths) {
    return new Scope(List.of(), Map.of(), List.of(), List.of(paths));
  }

  private ComponentManifest capture(Component.Files component, String set) {
    var to = new DirectorySet(root.resolve(set), true);
    return lab.driver.capture(new TestAttempt(), component, to);
  }

  private TestAttempt next() {
    return new TestAttempt(lab.attempt.run());
  }

  private Path kept(TestAttempt attempt) {
    return new SiblingNames(lab.component).replaced(attempt.run().id(), 1);
  }

  private void anotherLab(String name) throws IOException {
    lab.close();
    makeLab(name);
  }

  private boolean diesAtRename(int number, String... paths) {
    var system = new NativeCalls();
    var markers = new Markers();
    var dying =
        new PartialFiles(
            new Unpacking(lab.shell, new TarProgram(lab.shell)),
            new StagedCopies(lab.shell, markers, new TreeRemoval(lab.shell)),
            markers,
            new DirectoryIdentities(() -> Lab.MACHINE, system),
            new DirectoryLock(system),
            new Renames(system, Renames.Method.EXCHANGE),
            new TreeWalk(lab.shell),
            new FolderCalls() {
              private int renames;

              @Override
              int rename(int from, byte[] name, int to, int flags) {
                if (renames++ == number) {
                  throw new DyingShell.Died();
                }
                return super.rename(from, name, to, flags);
              }
            });
    try {
      dying.bring(next(), lab.component, manifest, lab.set, paths(paths));
      return false;
    } catch (DyingShell.Died e) {
      return true;
    }
  }

  private void requireAsInSet(String... encoded) throws IOException {
    requireAsInSet(lab.live, encoded);
  }

  /** Type, mode, owner, time, content, attributes: the lines of a new listing and the set's. */
  private void requireAsInSet(Path directory, String... encoded) throws IOException {
    var set = new DirectorySet(Files.createTempDirectory(root, "look"), true);
    var now = lab.driver.capture(new TestAttempt(), lab.component.at(directory.toString()), set);
    var then = listing(lab.set, manifest);
    for (var path : encoded) {
      var line = then.stream().filter(l -> l.contains(" " + path + " ")).findFirst().orElseThrow();
      assertThat(listing(set, now)).contains(line);
    }
  }

  private static List<String> listing(DirectorySet set, ComponentManifest of) throws IOException {
    try (var in = set.open(SetArtifacts.listing(of))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
          .lines()
          .toList();
    }
  }
}
