package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.ComponentManifest;
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
import org.junit.jupiter.api.io.TempDir;

/** A set, the directory it was captured from, and what went on there since. */
abstract class PartialRestores {

  @TempDir Path base;

  Path root;

  Lab lab;

  ComponentManifest manifest;

  @BeforeEach
  void makeLab() throws IOException {
    makeLab("first");
  }

  void makeLab(String name) throws IOException {
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
  void goOn() throws IOException {
    Lab.bash(
        lab.live,
        """
        echo newer > 2024/b.pdf; rm -r 2024/01 2024/link; mkdir 2024/link; echo in > 2024/link/x
        echo new > 2024/new.pdf; rm 2024/empty -r; echo file > 2024/empty; echo newer > 2024/$'\\xff.pdf'
        echo newer > r.pdf; chmod 700 2024
        """);
  }

  BroughtPart bring(TestAttempt attempt, String... paths) {
    return lab.driver.bring(attempt, lab.component, manifest, lab.set, paths(paths));
  }

  static Scope paths(String... paths) {
    return new Scope(List.of(), Map.of(), List.of(), List.of(paths));
  }

  ComponentManifest capture(Component.Files component, String set) {
    var to = new DirectorySet(root.resolve(set), true);
    return lab.driver.capture(new TestAttempt(), component, to);
  }

  TestAttempt next() {
    return new TestAttempt(lab.attempt.run());
  }

  Path kept(TestAttempt attempt) {
    return new SiblingNames(lab.component).replaced(attempt.run().id(), 1);
  }

  void anotherLab(String name) throws IOException {
    lab.close();
    makeLab(name);
  }

  boolean diesAtRename(int number, String... paths) {
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

  void requireAsInSet(String... encoded) throws IOException {
    requireAsInSet(lab.live, encoded);
  }

  /** Type, mode, owner, time, content, attributes: the lines of a new listing and the set's. */
  void requireAsInSet(Path directory, String... encoded) throws IOException {
    var set = new DirectorySet(Files.createTempDirectory(root, "look"), true);
    var now = lab.driver.capture(new TestAttempt(), lab.component.at(directory.toString()), set);
    var then = listing(lab.set, manifest);
    for (var path : encoded) {
      var line = then.stream().filter(l -> l.contains(" " + path + " ")).findFirst().orElseThrow();
      assertThat(listing(set, now)).contains(line);
    }
  }

  static List<String> listing(DirectorySet set, ComponentManifest of) throws IOException {
    try (var in = set.open(SetArtifacts.listing(of))) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
          .lines()
          .toList();
    }
  }
}
