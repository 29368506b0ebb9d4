package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ComponentManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures and stages real directories with GNU tar. Runs as root, for owners and devices. */
class FilesRoundTripIT {
  /** Names, links, modes, owners and times that have broken other programs. */
  private static final String ODDITIES =
      """
      [ "$(id -u)" = 0 ] || { echo 'run this test as root: it makes devices'; exit 1; }
      touch $'a\\nnewline' $'bytes\\xff\\xfe' -- '-rf' ' blank ' $'\\x01' '%41' "$(printf 'n%.0s' {1..255})"
      mkdir -p empty 'dir with blank'/x .hidden
      ln -s nowhere dangling; ln -s /etc escaping; ln -s ../../.. up; ln -s loop loop; ln -s - dash
      ln -s "$(printf 't%.0s' {1..200})" longlink; ln -s $'\\xff\\n' bytelink
      echo one > first; ln first .hidden/second; ln first zlast; ln dangling zz-hard-to-symlink
      mkfifo fifo; mknod null c 1 3; mknod loopdev b 7 200
      echo s > setuid; chmod 4755 setuid; mkdir sticky; chmod 1777 sticky; mkdir sgid; chmod 2775 sgid
      echo f > foreign; chown 4711:4712 foreign; chown -h 70001:3000000 dangling
      chown 5000000:2097152 empty
      touch -d '2001-02-03 04:05:06.123456789' first; touch -h -d '1999-01-01 00:00:00.5' escaping
      touch -d '1965-01-01 00:00:00.25' setuid; touch -d '2100-01-01 00:00:00.000000001' foreign
      mkdir readonly; echo r > readonly/f; chmod 0500 readonly; chmod 0000 readonly/f
      truncate -s 3M hole-only; truncate -s 1M both; echo mid | dd of=both bs=1 seek=500000 conv=notrunc
      truncate -s 2M both; cp both "sparse$(printf 's%.0s' {1..200})"; cp --sparse=always both $'sparse\\xff'
      d=.; for i in {1..30}; do d=$d/$(printf 'd%.0s' {1..100}); done; mkdir -p "$d"; echo deep > "$d/f"
      touch -d '2011-11-11 11:11:11.111111111' 'dir with blank' readonly .
      chmod 0751 .; chown 33:34 .
      """;

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
  void everyOddityComesBackAsItWas() throws IOException {
    Lab.bash(lab.live, ODDITIES);
    userAttribute(lab.live.resolve("first"), "note", "a\n\0b");
    userAttribute(lab.live, "colour", "blue");
    RawXattr.set(lab.live.resolve("setuid"), "trusted.t", new byte[] {1, 0, '\n'});
    RawXattr.set(lab.live.resolve("foreign"), "system.posix_acl_access", RawXattr.acl());
    RawXattr.set(lab.live.resolve("sgid"), "system.posix_acl_default", RawXattr.acl());

    var manifest = lab.capture();
    var copy = lab.stage(manifest);

    lab.requireEqual(manifest, copy);
    assertThat(manifest.warnings()).isEmpty();
    // find(1) knows nothing of our reader: what it sees of both trees must be the same.
    var look =
        "find . -printf '%P|%y|%m|%U|%G|%s|%T@|%l|%n\\0' | sort -z | sha256sum;"
            + " find . -type f -not -perm 0 -print0 | sort -z | xargs -0 sha256sum | sha256sum";
    assertThat(Lab.bash(Path.of(copy.name()), look.replace("%s|", "")))
        .isEqualTo(Lab.bash(lab.live, look.replace("%s|", "")));
    assertThat(Path.of(copy.name())).satisfies(c -> assertThat(mode(c)).isEqualTo(0751));
  }

  @Test
  void thePlainTarOfThePackageUnpacksIt() throws IOException {
    Lab.bash(lab.live, ODDITIES);
    var manifest = lab.capture();
    var plain = Files.createDirectory(root.resolve("plain"));
    var archive = lab.set.file(manifest.artifacts().getFirst());

    Lab.bash(plain, "zstd -dc '" + archive + "' | tar -x -p --numeric-owner");

    var look = "find . -printf '%P|%y|%m|%U|%G|%T@|%l\\0' | sort -z | sha256sum";
    assertThat(Lab.bash(plain, look)).isEqualTo(Lab.bash(lab.live, look));
  }

  @Test
  void countsAreOfTheDirectory() throws IOException {
    Lab.bash(lab.live, "mkdir a; echo 12345 > a/f; ln a/f a/g; ln -s x s; mkfifo p");

    var counts = lab.capture().fingerprint().counts();

    assertThat(counts)
        .containsEntry("entries", "6")
        .containsEntry("files", "2")
        .containsEntry("directories", "2")
        .containsEntry("symlinks", "1")
        .containsEntry("bytes", "6")
        .containsKey("digest");
  }

  @Test
  void aGibibyteOfHoleTakesNoGibibyteOnDisk() throws IOException {
    Lab.bash(lab.live, "truncate -s 1G sparse; echo end >> sparse");

    var manifest = lab.capture();
    var copy = lab.stage(manifest);

    lab.requireEqual(manifest, copy);
    assertThat(manifest.raw().bytes()).isLessThan(1_000_000);
    assertThat(Lab.bash(Path.of(copy.name()), "stat -c %s sparse; stat -c %b sparse").lines())
        .satisfiesExactly(
            size -> assertThat(Long.parseLong(size)).isEqualTo((1L << 30) + 4),
            blocks -> assertThat(Long.parseLong(blocks)).isLessThan(100));
  }

  @Test
  void tenThousandSmallFilesComeBack() throws IOException {
    Lab.bash(lab.live, "for i in {1..10000}; do echo $i > f$i; done");
    var attempt = new CountingAttempt(lab.attempt);

    var manifest = lab.driver.capture(attempt, lab.component, lab.set);
    var copy = lab.driver.stage(attempt, lab.component, manifest, Lab.MANIFEST_SHA, lab.set);

    assertThat(lab.driver.verifyStaged(attempt, lab.component, manifest, lab.set, copy))
        .allSatisfy(check -> assertThat(check.passed()).as(check.actual()).isTrue());
    assertThat(manifest.fingerprint().counts()).containsEntry("files", "10000");
    assertThat(attempt.said().get()).isGreaterThan(30_000);
  }

  @Test
  void ourOwnMarksAreNeitherCapturedNorRestored() throws IOException {
    Files.writeString(lab.live.resolve("f"), "1");
    var before = lab.capture().fingerprint();
    lab.driver.mark(
        lab.attempt, lab.component, new dev.resurge.activities.spi.ComponentDriver.Owner("a", "b"));
    Lab.bash(root, "rm -rf set");

    var manifest = lab.capture();

    assertThat(manifest.fingerprint()).isEqualTo(before);
    assertThat(new Markers().owner(Path.of(lab.stage(manifest).name()))).isEmpty();
  }

  @Test
  void theListingSaysOneLineForEachEntry() throws IOException {
    Lab.bash(lab.live, "printf hello > $'\\xff'; ln -s / s");
    var manifest = lab.capture();

    var listing = lab.set.open(SetArtifacts.listing(manifest));

    assertThat(new String(listing.readAllBytes(), StandardCharsets.US_ASCII).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("dir 0755 0 0 ").endsWith(" . -"),
            line -> assertThat(line).startsWith("symlink 0777 0 0 ").endsWith(" 0 - - s /"),
            line -> assertThat(line).contains(" 5 2cf24dba").endsWith(" - %FF -"));
    assertThat(lab.scratch).isEmptyDirectory();
  }

  @Test
  void randomTreesComeBackEqual() throws IOException {
    long seed = System.nanoTime();
    System.out.println("FilesRoundTripIT.randomTreesComeBackEqual seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 8; round++) {
      var tree = new Lab(Files.createDirectories(root.resolve("round" + round)));
      try (tree) {
        new RandomTree(random).fill(tree.live);
        ComponentManifest manifest = tree.capture();
        tree.requireEqual(manifest, tree.stage(manifest, new TestAttempt()));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
  }

  private static void userAttribute(Path file, String name, String value) throws IOException {
    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
        .write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static int mode(Path path) {
    try {
      return (int) Files.getAttribute(path, "unix:mode") & 07777;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
