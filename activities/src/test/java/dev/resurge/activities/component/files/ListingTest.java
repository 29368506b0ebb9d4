package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.activities.component.files.tar.TarBytes;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ListingTest {
  private static final String SHA_OF_HELLO =
      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @Test
  void aLineHoldsAllThatIsCompared() throws IOException {
    var lines =
        scan(
            new TarBytes()
                .directory("./")
                .pax("path=./a \u00ff", "uid=70000", "mtime=5.5", "SCHILY.xattr.user.a=1")
                .file("./x", "hello")
                .symlink("./-", "-")
                .hardLink("./h", "./-")
                .end());

    assertThat(lines.get(0)).isEqualTo("dir 0644 0 0 1700000000.000000000 0 - - . -");
    assertThat(lines.get(1)).startsWith("file 0644 70000 0 5.500000000 5 " + SHA_OF_HELLO + " ");
    assertThat(lines.get(1)).endsWith(" a%20%FF -");
    assertThat(lines.get(2)).endsWith(" %2D %2D");
    assertThat(lines.get(3)).startsWith("hardlink").endsWith(" h %2D");
  }

  @Test
  void attributesChangeTheirDigest() throws IOException {
    var one = scan(new TarBytes().pax("SCHILY.xattr.user.a=1").file("./x", "").end());
    var two = scan(new TarBytes().pax("SCHILY.xattr.user.a=2").file("./x", "").end());
    var acl = scan(new TarBytes().pax("SCHILY.acl.access=user::rwx\n").file("./x", "").end());

    assertThat(List.of(one.getFirst(), two.getFirst(), acl.getFirst())).doesNotHaveDuplicates();
  }

  @Test
  void everyNameIsReadBackAsItWas() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      var bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      var name = RawName.of(bytes, 0, bytes.length);

      assertThat(RawName.decode(name.encoded())).as("seed %d", seed).isEqualTo(name);
      assertThat(name.encoded()).as("seed %d", seed).matches("[!-~]*");
    }
    assertThatThrownBy(() -> RawName.decode("a%2")).hasMessageContaining("a%2");
  }

  @Test
  void differencesAreNamedByKind() throws IOException {
    var expected = List.of(line("."), line("a"), line("a/x"), line("a.b"), line("c"));
    var found = List.of(line("."), line("a"), line("a/y"), line("a.b").replace(" 0644", " 0600"));

    var comparison = compare(expected, found);

    assertThat(comparison.named())
        .containsExactly(
            "missing: a/x", "not in the set: a/y", "changed: a.b (mode 0644 → 0600)", "missing: c");
    assertThat(comparison.differences()).isEqualTo(4);
  }

  @Test
  void equalListingsDoNotDiffer() throws IOException {
    var lines = List.of(line("."), line("a"), line("b"));

    assertThat(compare(lines, lines).differences()).isZero();
  }

  @Test
  void onlyTheFirstDifferencesAreNamedButAllAreCounted() throws IOException {
    var found = new ArrayList<String>();
    for (int i = 0; i < 500; i++) {
      found.add(line("f%03d".formatted(i)));
    }

    var comparison = compare(List.of(), found);

    assertThat(comparison.differences()).isEqualTo(500);
    assertThat(comparison.named()).hasSize(10);
  }

  private static ListingComparison compare(List<String> expected, List<String> found)
      throws IOException {
    var comparison =
        new ListingComparison(
            new BufferedReader(
                new StringReader(expected.isEmpty() ? "" : String.join("\n", expected))));
    for (var line : found) {
      comparison.accept(line);
    }
    comparison.finish();
    return comparison;
  }

  private static String line(String path) {
    return "file 0644 0 0 1.000000000 0 - - " + path + " -";
  }

  private static List<String> scan(byte[] archive) throws IOException {
    var lines = new ArrayList<String>();
    new ArchiveScan(done -> {})
        .scan(
            new ByteArrayInputStream(archive),
            OutputStream.nullOutputStream(),
            entry -> {},
            lines::add);
    return lines;
  }
}
