package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FilesCaptureIT {
  @TempDir Path root;
  private Lab lab;

  @BeforeEach
  void makeLab() throws IOException {
    lab = new Lab(root);
  }

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  @Test
  void filesThatChangeWhileTheyAreReadAreNamedAndTheSetStillAgreesWithItself() throws IOException {
    Lab.bash(
        lab.live,
        "for f in grows shrinks vanishes zz; do head -c 5000000 /dev/zero > $f; done; echo 1 > a");
    var changing =
        new DirectorySet(root.resolve("set"), false) {
          @Override
          public Artifact put(String name, Body body) {
            return super.put(
                name,
                out -> body.writeTo(name.equals(SetArtifacts.ARCHIVE) ? onFirstWrite(out) : out));
          }
        };

    var manifest = lab.driver.capture(lab.attempt, lab.component, changing);

    assertThat(manifest.warnings())
        .anySatisfy(line -> assertThat(line).contains("./grows: file changed as we read it"))
        .anySatisfy(line -> assertThat(line).contains("./vanishes: File removed before we read"));
    assertThat(lab.driver.verify(lab.attempt, lab.component, manifest, changing))
        .allSatisfy(check -> assertThat(check.passed()).as(check.actual()).isTrue());
    var copy = lab.driver.stage(lab.attempt, lab.component, manifest, Lab.MANIFEST_SHA, changing);
    assertThat(lab.driver.verifyStaged(lab.attempt, lab.component, manifest, changing, copy))
        .allSatisfy(check -> assertThat(check.passed()).as(check.actual()).isTrue());
  }

  /** Changes the directory once tar is in the middle of its second file, held up by the pipe. */
  private OutputStream onFirstWrite(OutputStream out) {
    return new FilterOutputStream(out) {
      private boolean written;

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!written) {
          written = true;
          Lab.bash(lab.live, "echo more >> grows; truncate -s 10 shrinks; rm vanishes");
        }
        out.write(bytes, offset, length);
      }
    };
  }

  @Test
  void theRecoveryPointIsTheCapturesStart() throws IOException {
    var before = Instant.now();
    var manifest = lab.capture();

    assertThat(manifest.recoveryPoint()).isBetween(before, Instant.now());
    assertThat(manifest.target().value()).startsWith("files-" + Lab.MACHINE + "-");
  }

  @Test
  void aTarThatFailsLeavesNoArtifactAndNoSpool() throws IOException {
    Lab.bash(lab.live, "echo 1 > f");
    var broken = fakeTar("echo \"tar: ./f: Cannot read: Input/output error\" >&2; exit 2");

    assertThatThrownBy(() -> broken.capture(lab.attempt, lab.component, lab.set))
        .isInstanceOfSatisfying(
            ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.PROGRAM_FAILED))
        .hasMessageContaining("Cannot read: Input/output error");
    assertThat(root.resolve("set/documents/files.tar.zst")).doesNotExist();
    assertThat(lab.scratch).isEmptyDirectory();
  }

  @Test
  void aTarThatReportsAnErrorAtItsEndLeavesNoArtifact() throws IOException {
    Lab.bash(lab.live, "echo 1 > f");
    var broken = fakeTar("/usr/bin/env -i PATH=/usr/bin:/bin tar \"$@\"; exit 2");

    assertThatThrownBy(() -> broken.capture(lab.attempt, lab.component, lab.set))
        .hasMessageContaining("exit code 2");
    assertThat(root.resolve("set/documents/files.tar.zst")).doesNotExist();
    assertThat(lab.scratch).isEmptyDirectory();
  }

  @Test
  void aCancelledCaptureLeavesNothing() throws IOException {
    Lab.bash(lab.live, "head -c 50000000 /dev/zero > f");
    var writer =
        new DirectorySet(root.resolve("set"), false) {
          @Override
          public Artifact put(String name, Body body) {
            lab.attempt.cancel();
            return super.put(name, body);
          }
        };

    assertThatThrownBy(() -> lab.driver.capture(lab.attempt, lab.component, writer))
        .isInstanceOf(CancellationException.class);
    assertThat(lab.scratch).isEmptyDirectory();
    assertThat(root.resolve("set/documents/files.tar")).doesNotExist();
  }

  @Test
  @Timeout(60)
  void aTarThatAnEarlierAttemptLeftBehindIsEndedFirst() throws IOException {
    Lab.bash(lab.live, "head -c 5000000 /dev/urandom > f");
    var zombie = new TestAttempt(lab.attempt.run());
    try (var left = new TarProgram(lab.shell).create(zombie, "documents", lab.live)) {
      lab.capture();

      assertThat(left.awaitExit()).isGreaterThan(128);
    }
  }

  @Test
  void aSymbolicLinkIsNoDirectoryToCapture() throws IOException {
    Files.delete(lab.live);
    Files.createSymbolicLink(lab.live, Path.of("/etc"));

    assertThatThrownBy(lab::capture).hasMessageContaining("found a symbolic link");
  }

  @Test
  void aSetWhoseBytesWereChangedFailsItsCheck() throws IOException {
    Lab.bash(lab.live, "echo hello > f; echo other > g");
    var plain = new DirectorySet(root.resolve("plain"), false);
    var manifest = lab.driver.capture(lab.attempt, lab.component, plain);
    var archive = plain.file(manifest.artifacts().getFirst());
    var bytes = Files.readAllBytes(archive);
    int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("hello");
    bytes[at] = 'j';
    Files.write(archive, bytes);

    var checks = lab.driver.verify(lab.attempt, lab.component, manifest, plain);

    assertThat(checks)
        .singleElement()
        .satisfies(check -> {
          assertThat(check.passed()).isFalse();
          assertThat(check.actual()).contains("changed: f (content", "digest: expected");
        });
  }

  @Test
  void aSetThatWasCutOrWhoseListingWasChangedFailsItsCheck() throws IOException {
    Lab.bash(lab.live, "echo hello > f");
    var plain = new DirectorySet(root.resolve("plain"), false);
    var manifest = lab.driver.capture(lab.attempt, lab.component, plain);
    var listing = plain.file(manifest.artifacts().get(1));
    Files.writeString(listing, Files.readString(listing).replace(" 6 ", " 7 "));
    assertThat(lab.driver.verify(lab.attempt, lab.component, manifest, plain).getFirst().actual())
        .contains("1 entries differ", "size 7 → 6");
    var archive = plain.file(manifest.artifacts().getFirst());
    Files.write(archive, java.util.Arrays.copyOf(Files.readAllBytes(archive), 1000));

    assertThat(lab.driver.verify(lab.attempt, lab.component, manifest, plain).getFirst())
        .satisfies(check -> {
          assertThat(check.passed()).isFalse();
          assertThat(check.actual()).contains("no whole archive", "ends at byte 1000");
        });
  }

  /** A driver that finds a program of that script when it asks for tar. */
  private FilesDriver fakeTar(String script) throws IOException {
    var bin = Files.createDirectories(root.resolve("bin"));
    var tar = bin.resolve("tar");
    Files.writeString(
        tar, "#!/bin/sh\n[ \"$1\" = --version ] && { echo 'tar (GNU tar) 9'; exit 0; }\n" + script);
    Files.setAttribute(tar, "unix:mode", 0755);
    var environment = new java.util.HashMap<>(System.getenv());
    environment.merge("PATH", bin.toString(), (path, ours) -> ours + ":" + path);
    var shell =
        new dev.resurge.activities.platform.host.HostShell(
            dev.resurge.activities.platform.host.ProgramEnvironment.from(environment));
    return new FilesDriver(shell, java.time.Clock.systemUTC(), () -> Lab.MACHINE, lab.scratch);
  }
}
