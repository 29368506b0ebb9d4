package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Inspection;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
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

    var inspection = inspect(lab.live, Intent.REPLACE);

    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.identity()).contains(lab.capture().target());
    assertThat(inspection.owner()).contains(new Owner("library", "i-1"));
    assertThat(inspection.size().bytes()).isEqualTo(6);
    assertThat(inspection.room().orElseThrow().free().bytes()).isPositive();
    assertThat(inspection.room().orElseThrow().where()).contains(lab.live.getParent().toString());
  }

  @Test
  void theIdentityIsWhatStatSaysAndSurvivesARename() throws IOException {
    var before = inspect(lab.live, Intent.CAPTURE).identity().orElseThrow();
    var said = Lab.bash(lab.live, "echo $(stat -f -c %i .)-$(stat -c %i-%.9W .)").strip();

    assertThat(before.value()).isEqualTo("files-" + Lab.MACHINE + "-" + said);
    var moved = Files.move(lab.live, root.resolve("srv/moved"));
    assertThat(inspect(moved, Intent.CAPTURE).identity()).contains(before);
    Files.createDirectory(lab.live);
    assertThat(inspect(lab.live, Intent.CAPTURE).identity()).isPresent().isNotEqualTo(before);
  }

  @Test
  void whatIsNoDirectoryIsSaidPlainly() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), lab.live);

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
      assertThat(messages(inspect(mount, Intent.REPLACE), Finding.Severity.ERROR))
          .anySatisfy(m -> assertThat(m).contains("is a mount point"));
      assertThat(messages(inspect(mount, Intent.CAPTURE), Finding.Severity.ERROR)).isEmpty();
      assertThat(messages(inspect(lab.live, Intent.REPLACE), Finding.Severity.ERROR))
          .anySatisfy(m -> assertThat(m).contains("mounted in", mount.toString()));
      assertThat(messages(inspect(lab.live, Intent.CAPTURE), Finding.Severity.WARNING))
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
      assertThat(messages(inspect(lab.live.resolve("d"), Intent.REPLACE), Finding.Severity.ERROR))
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

    assertThat(messages(inspect(lab.live, Intent.CAPTURE), Finding.Severity.ERROR))
        .singleElement()
        .satisfies(m -> assertThat(m).contains("11 entries", "4093 bytes"));
    assertThat(lab.capture().warnings()).anySatisfy(w -> assertThat(w).contains("too deep"));
  }

  @Test
  void socketsAreSaidToBeLeftOut() throws IOException {
    try (var server =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      server.bind(java.net.UnixDomainSocketAddress.of(lab.live.resolve("s")));

      assertThat(messages(inspect(lab.live, Intent.CAPTURE), Finding.Severity.WARNING))
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
            .inspect(lab.attempt, lab.component, Intent.REPLACE, Optional.of(manifest))
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
            none.inspect(lab.attempt, lab.component, Intent.CAPTURE, Optional.empty()).findings())
        .anySatisfy(f -> assertThat(f.type()).isEqualTo(ErrorType.PROGRAM_MISSING));
  }

  @Test
  void roomIsWhatTheSetNeeds() throws IOException {
    Lab.bash(lab.live, "head -c 5000000 /dev/zero > big");
    var manifest = lab.capture();
    Files.delete(lab.live.resolve("big"));

    var room =
        lab.driver
            .inspect(lab.attempt, lab.component, Intent.REPLACE, Optional.of(manifest))
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

  private Inspection inspect(Path directory, Intent intent) {
    return lab.driver.inspect(
        lab.attempt,
        new Component.Files("documents", directory.toString()),
        intent,
        Optional.empty());
  }

  @Test
  void whereNothingIsACopyMayStand() throws IOException {
    var manifest = lab.capture();
    var absent = new Component.Files("documents", root.resolve("srv/absent").toString());

    for (var intent : List.of(Intent.CAPTURE, Intent.STAGE, Intent.REPLACE, Intent.REBUILD)) {
      var found = lab.driver.inspect(lab.attempt, absent, intent, Optional.of(manifest));

      assertThat(found.identity()).isEmpty();
      assertThat(found.absent()).contains("the path " + absent.path() + " does not exist");
      assertThat(found.findings()).isEmpty();
      assertThat(found.size().bytes()).isZero();
      assertThat(found.room().orElseThrow().needed().bytes()).isPositive();
      assertThat(found.room().orElseThrow().free().bytes()).isPositive();
    }
  }

  @Test
  void whereNotEvenTheParentIsNothingCanStand() {
    var found = inspect(root.resolve("no/such"), Intent.REBUILD);

    assertThat(found.absent()).isEmpty();
    assertThat(messages(found, Finding.Severity.ERROR))
        .singleElement()
        .satisfies(m -> assertThat(m).contains("neither does the directory it is in"));
  }

  @Test
  void whereMarksCannotBeKeptNoCopyCanStand() throws IOException {
    Lab.bash(root, "mkdir plain; mount -t ramfs none plain");
    try {
      for (var intent : List.of(Intent.STAGE, Intent.REPLACE, Intent.REBUILD)) {
        assertThat(messages(inspect(root.resolve("plain/x"), intent), Finding.Severity.ERROR))
            .singleElement()
            .satisfies(m -> assertThat(m).contains("no user extended attributes"));
      }
      assertThat(inspect(root.resolve("plain/x"), Intent.CAPTURE).findings()).isEmpty();
    } finally {
      Lab.bash(root, "umount plain");
    }
  }

  @Test
  void readingASetBackLooksAtNothing() throws IOException {
    Lab.bash(lab.live, "rm -r ../documents");

    var found = inspect(root.resolve("no/such"), Intent.READ);

    assertThat(found.findings()).isEmpty();
    assertThat(found.identity()).isEmpty();
    assertThat(found.absent()).isEmpty();
    assertThat(found.room()).isEmpty();
  }

  @Test
  void aDrillBuildsBesideAMountPointAndBesideWhatItCannotRead() throws IOException {
    Lab.bash(lab.live, "mount -t tmpfs none d; echo secret > s; chmod 600 s");
    Lab.bash(root, "chmod 755 . srv");
    try {
      var drill = inspect(lab.live.resolve("d"), Intent.STAGE);
      assertThat(messages(drill, Finding.Severity.ERROR)).isEmpty();
      assertThat(messages(drill, Finding.Severity.WARNING))
          .anySatisfy(m -> assertThat(m).contains("is a mount point"));
      assertThat(messages(inspect(lab.live, Intent.STAGE), Finding.Severity.ERROR)).isEmpty();
      assertThat(drill.room().orElseThrow().where()).contains(lab.live.toString());

      var asNobody =
          new FilesDriver(
              new NobodyShell(lab.shell), Clock.systemUTC(), () -> Lab.MACHINE, lab.scratch);
      assertThat(
              asNobody
                  .inspect(lab.attempt, lab.component, Intent.STAGE, Optional.empty())
                  .findings())
          .noneSatisfy(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.ERROR));
      assertThat(
              asNobody
                  .inspect(lab.attempt, lab.component, Intent.CAPTURE, Optional.empty())
                  .findings())
          .anySatisfy(f -> assertThat(f.message()).contains("cannot be read"));
    } finally {
      Lab.bash(lab.live, "umount d");
    }
  }

  @Test
  void whoOnlyCapturesNeedsNoRightsToRestore() throws IOException {
    Lab.bash(lab.live, "chown 4711:4712 f");
    Lab.bash(root, "chmod 755 . srv");
    var manifest = Optional.of(lab.capture());
    var asNobody =
        new FilesDriver(
            new NobodyShell(lab.shell), Clock.systemUTC(), () -> Lab.MACHINE, lab.scratch);

    assertThat(asNobody.inspect(lab.attempt, lab.component, Intent.CAPTURE, manifest).findings())
        .isEmpty();
    assertThat(asNobody.inspect(lab.attempt, lab.component, Intent.STAGE, manifest).findings())
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("entries of other users"));
  }

  private String only(Path directory) {
    var inspection = inspect(directory, Intent.CAPTURE);
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
