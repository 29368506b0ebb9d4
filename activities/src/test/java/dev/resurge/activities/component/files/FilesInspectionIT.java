package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Inspection;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesInspectionIT {
  @TempDir Path root;
  private Lab lab;

  @BeforeEach
  void makeLab() throws IOException {
    lab = new Lab(root);
    Lab.bash(lab.live, "echo hello > f; ln f g; mkdir d");
  }

  @AfterEach
  void closeLab() throws IOException {
    lab.close();
  }

  @Test
  void aGoodDirectoryHasNoFindings() throws IOException {
    lab.driver.mark(lab.attempt, lab.component, new Owner("library", "i-1"));

    var inspection = inspect(lab.live, Procedure.RESTORE);

    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.identity()).contains(lab.capture().target());
    assertThat(inspection.owner()).contains(new Owner("library", "i-1"));
    assertThat(inspection.size().bytes()).isEqualTo(6);
    assertThat(inspection.room().orElseThrow().free().bytes()).isPositive();
    assertThat(inspection.room().orElseThrow().where()).contains(lab.live.getParent().toString());
  }

  @Test
  void theIdentityIsWhatStatSaysAndSurvivesARename() throws IOException {
    var before = inspect(lab.live, Procedure.BACKUP).identity().orElseThrow();
    var said = Lab.bash(lab.live, "echo $(stat -f -c %i .)-$(stat -c %i .)").strip();

    assertThat(before.value()).isEqualTo("files-" + Lab.MACHINE + "-" + said);
    var moved = Files.move(lab.live, root.resolve("srv/moved"));
    assertThat(inspect(moved, Procedure.BACKUP).identity()).contains(before);
    Files.createDirectory(lab.live);
    assertThat(inspect(lab.live, Procedure.BACKUP).identity()).isPresent().isNotEqualTo(before);
  }

  @Test
  void whatIsNoDirectoryIsSaidPlainly() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), lab.live);

    assertThat(only(root.resolve("absent"))).contains("does not exist");
    assertThat(only(root.resolve("link"))).contains("is a symbolic link");
    assertThat(only(lab.live.resolve("f"))).contains("is no directory");
    assertThat(only(Path.of("relative"))).contains("is no absolute directory");
    assertThat(only(Path.of("/"))).contains("is no absolute directory");
    assertThat(only(lab.live.resolve("../documents"))).contains("'..'");
  }

  @Test
  void aMountPointCannotBeRestoredButCanBeCaptured() throws IOException {
    Lab.bash(lab.live, "mount -t tmpfs none d");
    try {
      var mount = lab.live.resolve("d");
      assertThat(messages(inspect(mount, Procedure.RESTORE), Finding.Severity.ERROR))
          .anySatisfy(m -> assertThat(m).contains("is a mount point"));
      assertThat(messages(inspect(mount, Procedure.BACKUP), Finding.Severity.ERROR)).isEmpty();
      assertThat(messages(inspect(lab.live, Procedure.RESTORE), Finding.Severity.ERROR))
          .anySatisfy(m -> assertThat(m).contains("mounted in", mount.toString()));
      assertThat(messages(inspect(lab.live, Procedure.BACKUP), Finding.Severity.WARNING))
          .anySatisfy(m -> assertThat(m).contains("not part of it"));
      assertThat(lab.capture().warnings())
          .anySatisfy(w -> assertThat(w).contains("another file system"));
    } finally {
      Lab.bash(lab.live, "umount d");
    }
  }

  @Test
  void aBindMountIsAMountPointToo() throws IOException {
    Lab.bash(lab.live, "mkdir other; mount --bind other d");
    try {
      assertThat(
              messages(inspect(lab.live.resolve("d"), Procedure.RESTORE), Finding.Severity.ERROR))
          .anySatisfy(m -> assertThat(m).contains("is a mount point"));
    } finally {
      Lab.bash(lab.live, "umount d");
    }
  }

  @Test
  void whatTarCouldPackButNotUnpackIsFoundBeforehand() throws IOException {
    Lab.bash(
        lab.live,
        "for i in {1..50}; do n=$(printf 'd%.0s' {1..100}); mkdir $n; cd $n; done; echo deep > f");

    assertThat(messages(inspect(lab.live, Procedure.BACKUP), Finding.Severity.ERROR))
        .singleElement()
        .satisfies(m -> assertThat(m).contains("11 entries", "4093 bytes"));
    assertThat(lab.capture().warnings()).anySatisfy(w -> assertThat(w).contains("too deep"));
  }

  @Test
  void socketsAreSaidToBeLeftOut() throws IOException {
    try (var server =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      server.bind(java.net.UnixDomainSocketAddress.of(lab.live.resolve("s")));

      assertThat(messages(inspect(lab.live, Procedure.BACKUP), Finding.Severity.WARNING))
          .anySatisfy(m -> assertThat(m).contains("1 sockets"));
      assertThat(lab.capture().warnings()).anySatisfy(w -> assertThat(w).contains("socket"));
    }
  }

  @Test
  void withoutRootForeignOwnersAndUnreadableFilesAreFindings() throws IOException {
    Lab.bash(lab.live, "chown 4711:4712 f; mknod n c 1 3; echo secret > s; chmod 600 s");
    Lab.bash(root, "chmod 755 . srv");
    var manifest = lab.capture();
    var asNobody =
        new FilesDriver(
            new NobodyShell(lab.shell), Clock.systemUTC(), () -> Lab.MACHINE, lab.scratch);

    var findings =
        asNobody
            .inspect(lab.attempt, lab.component, Procedure.RESTORE, Optional.of(manifest))
            .findings();

    assertThat(findings).allSatisfy(f -> assertThat(f.type()).isEqualTo(ErrorType.RIGHTS_MISSING));
    assertThat(findings)
        .anySatisfy(
            f -> assertThat(f.message()).contains("6 entries of other users", "1 device files"))
        .anySatisfy(f -> assertThat(f.message()).contains("1 files or directories", "such as s"));
  }

  @Test
  void withoutGnuTarNothingCanBeDone() {
    var none =
        new FilesDriver(
            new NobodyShell(lab.shell) {
              @Override
              public Optional<Path> which(String program) {
                return Optional.empty();
              }
            },
            Clock.systemUTC(),
            () -> Lab.MACHINE,
            lab.scratch);

    assertThat(
            none.inspect(lab.attempt, lab.component, Procedure.BACKUP, Optional.empty()).findings())
        .anySatisfy(f -> assertThat(f.type()).isEqualTo(ErrorType.PROGRAM_MISSING));
  }

  @Test
  void roomIsWhatTheSetNeeds() throws IOException {
    Lab.bash(lab.live, "head -c 5000000 /dev/zero > big");
    var manifest = lab.capture();
    Files.delete(lab.live.resolve("big"));

    var room =
        lab.driver
            .inspect(lab.attempt, lab.component, Procedure.RESTORE, Optional.of(manifest))
            .room()
            .orElseThrow();

    assertThat(room.needed().bytes()).isBetween(5_000_000L, 5_100_000L);
  }

  @Test
  void whatWouldBeGivenUpIsToldInTwoLines() throws IOException {
    var manifest = lab.capture();
    assertThat(lab.driver.givenUp(lab.attempt, lab.component, manifest))
        .containsExactly(
            "now 2 files with 6 B; the set has 2 files with 6 B",
            "no file was made or changed after the recovery point");
    Files.writeString(lab.live.resolve("later"), "1234");

    assertThat(lab.driver.givenUp(lab.attempt, lab.component, manifest))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("now 3 files with 10 B; the set has 2 files"),
            line ->
                assertThat(line).startsWith("1 files were made or changed").endsWith(": later"));
  }

  private Inspection inspect(Path directory, Procedure procedure) {
    return lab.driver.inspect(
        lab.attempt,
        new Component.Files("documents", directory.toString()),
        procedure,
        Optional.empty());
  }

  private String only(Path directory) {
    var inspection = inspect(directory, Procedure.BACKUP);
    assertThat(inspection.identity()).isEmpty();
    return messages(inspection, Finding.Severity.ERROR).getFirst();
  }

  private static List<String> messages(Inspection inspection, Finding.Severity severity) {
    return inspection.findings().stream()
        .filter(f -> f.severity() == severity)
        .map(Finding::message)
        .toList();
  }

  /** Runs programs as the user nobody. */
  private static class NobodyShell implements Shell {
    private final Shell real;

    NobodyShell(Shell real) {
      this.real = real;
    }

    @Override
    public Running start(Attempt attempt, Program program) {
      return real.start(attempt, asNobody(program));
    }

    @Override
    public Result run(Attempt attempt, Program program) {
      return real.run(attempt, asNobody(program));
    }

    @Override
    public int endTagged(String tagPrefix, String keep) {
      return real.endTagged(tagPrefix, keep);
    }

    @Override
    public Optional<Path> which(String program) {
      return real.which(program);
    }

    private static Program asNobody(Program program) {
      var argv = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534"));
      argv.add("--clear-groups");
      argv.addAll(program.argv());
      return new Program(
          program.component(), argv, program.environment(), program.directory(), program.timeout());
    }
  }
}
