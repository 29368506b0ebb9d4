package dev.resurge.activities.component.files.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TarReaderTest {
  @Test
  void namesKeepEveryByte() throws IOException {
    var entries =
        read(
            new TarBytes()
                .pax("path=./\u00ff\n-x", "SCHILY.xattr.user.a=1\n\0b")
                .file("./short", "hello")
                .end());

    var entry = entries.getFirst().entry();
    assertThat(entry.name().toBytes()).isEqualTo(TarBytes.latin("./\u00ff\n-x"));
    assertThat(entry.attributes().get("SCHILY.xattr.user.a").toBytes())
        .isEqualTo(TarBytes.latin("1\n\0b"));
    assertThat(entries.getFirst().content()).isEqualTo("hello");
    assertThat(entry.oddities()).isEmpty();
  }

  @Test
  void theArchivePassesThroughUnchanged() throws IOException {
    var archive =
        new TarBytes()
            .directory("./")
            .pax("path=./" + "n".repeat(300))
            .file("./n", "x".repeat(300_000))
            .symlink("./s", "/etc/passwd")
            .end();
    var copy = new ByteArrayOutputStream();

    readAll(archive, copy);

    assertThat(copy.toByteArray()).isEqualTo(archive);
  }

  @Test
  void nothingOfAnEntryPassesBeforeItsContentIsAskedFor() throws IOException {
    var first = new TarBytes().file("./a", "1").cut();
    var archive = new TarBytes().raw(first).pax("path=./b").file("./x", "2").end();
    var copy = new ByteArrayOutputStream();
    var reader = new TarReader(new ByteArrayInputStream(archive), copy);

    reader.next();
    assertThat(copy.size()).isZero();
    reader.passContent();
    reader.next();

    assertThat(copy.toByteArray()).isEqualTo(first);
  }

  @Test
  void timesBeforeTheEpochAndWithNanosecondsAreKept() throws IOException {
    var entries =
        read(
            new TarBytes()
                .pax("mtime=-5.000000001")
                .file("./a", "")
                .pax("mtime=1700000000.1")
                .file("./b", "")
                .file("./c", "")
                .end());

    assertThat(entries)
        .extracting(read -> read.entry().modified())
        .containsExactly("-5.000000001", "1700000000.100000000", "1700000000.000000000");
  }

  @Test
  void largeNumbersInBase256AreRead() throws IOException {
    var header = Arrays.copyOf(new TarBytes().file("./a", "").cut(), 512);
    Arrays.fill(header, 108, 116, (byte) 0);
    header[108] = (byte) 0x80;
    header[112] = (byte) 0x7f;
    var entries = read(new TarBytes().raw(TarBytes.withChecksum(header)).end());

    assertThat(entries.getFirst().entry().uid()).isEqualTo(0x7f000000L);
  }

  @Test
  void holesOfSparseFormat10ReadAsZeros() throws IOException {
    var map = "2\n3\n2\n8\n1\n";
    var stored = Arrays.copyOf(TarBytes.latin(map), 512 + 3);
    System.arraycopy(TarBytes.latin("abc"), 0, stored, 512, 3);
    var entries =
        read(
            new TarBytes()
                .pax(
                    "GNU.sparse.major=1",
                    "GNU.sparse.minor=0",
                    "GNU.sparse.name=./s",
                    "GNU.sparse.realsize=12")
                .entry('0', "./GNUSparseFile.1/s", "", stored)
                .file("./next", "n")
                .end());

    assertThat(entries.getFirst().content()).isEqualTo("\0\0\0ab\0\0\0c\0\0\0");
    assertThat(entries.getFirst().entry().name()).isEqualTo(RawName.of("./s"));
    assertThat(entries.getFirst().entry().size()).isEqualTo(12);
    assertThat(entries.getFirst().entry().oddities()).isEmpty();
    assertThat(entries.get(1).content()).isEqualTo("n");
  }

  @Test
  void holesOfSparseFormats00And01ReadAsZeros() throws IOException {
    var entries =
        read(
            new TarBytes()
                .pax("GNU.sparse.size=6", "GNU.sparse.map=1,2,5,1", "GNU.sparse.name=./s1")
                .file("./x", "abc")
                .pax(
                    "GNU.sparse.size=6",
                    "GNU.sparse.offset=1",
                    "GNU.sparse.numbytes=2",
                    "GNU.sparse.offset=5",
                    "GNU.sparse.numbytes=1")
                .file("./s0", "abc")
                .end());

    assertThat(entries).extracting(Read::content).containsExactly("\0ab\0\0c", "\0ab\0\0c");
    assertThat(entries)
        .extracting(read -> read.entry().name().toString())
        .containsExactly("./s1", "./s0");
  }

  @Test
  void aSparseMapThatDoesNotFitIsRefused() {
    for (var map : List.of("1\n0\n9\n", "2\n5\n1\n3\n1\n", "x\n", "1\n11\n3\n")) {
      var stored = Arrays.copyOf(TarBytes.latin(map), 512 + 3);
      var archive =
          new TarBytes()
              .pax(
                  "GNU.sparse.major=1",
                  "GNU.sparse.minor=0",
                  "GNU.sparse.name=./s",
                  "GNU.sparse.realsize=12")
              .entry('0', "./s", "", stored)
              .end();

      assertThatThrownBy(() -> read(archive)).isInstanceOf(MalformedArchiveException.class);
    }
  }

  @Test
  void gnuLongNamesAreReadButNotedAsOdd() throws IOException {
    var name = "./" + "d/".repeat(100) + "f";
    var entry =
        read(new TarBytes()
                .entry('L', "././@LongLink", "", TarBytes.latin(name + "\0"))
                .file("./cut", "")
                .end())
            .getFirst()
            .entry();

    assertThat(entry.name()).isEqualTo(RawName.of(name));
    assertThat(entry.oddities()).containsExactly("a GNU long name");
  }

  @Test
  void anUnknownTypeIsRecorded() throws IOException {
    var entry = read(new TarBytes().entry('D', "./d", "", new byte[0]).end()).getFirst().entry();

    assertThat(entry.type()).isEqualTo(TarEntry.Type.UNKNOWN);
    assertThat(entry.oddities()).isNotEmpty();
  }

  @Test
  void anArchiveThatEndsEarlyIsRefusedWhereverItEnds() {
    var whole = new TarBytes().directory("./").pax("path=./b").file("./a", "content").end();
    for (int length = 0; length < whole.length - 1024 + 512; length += 256) {
      var cut = Arrays.copyOf(whole, length);

      assertThatThrownBy(() -> read(cut))
          .as("cut to %d bytes", length)
          .isInstanceOf(MalformedArchiveException.class)
          .hasMessageContaining("ends at byte " + length);
    }
  }

  @Test
  void aDamagedHeaderIsRefused() {
    var archive = new TarBytes().file("./a", "").end();
    archive[3] ^= 1;

    assertThatThrownBy(() -> read(archive)).hasMessageContaining("wrong checksum");
  }

  @Test
  void bytesBehindTheEndAreRefused() {
    var archive = Arrays.copyOf(new TarBytes().file("./a", "").end(), 4096);
    archive[4000] = 1;

    assertThatThrownBy(() -> read(archive)).hasMessageContaining("behind the archive's end");
  }

  @Test
  void damagedPaxRecordsAreRefused() {
    for (var records :
        List.of("9999 path=x\n", "x path=y\n", "8 path=x", "6 pat\n", "4 a=\n", "12 size=-1\n\n")) {
      var archive =
          new TarBytes().entry('x', "./p", "", TarBytes.latin(records)).file("./a", "").end();

      assertThatThrownBy(() -> read(archive))
          .as(records)
          .isInstanceOf(MalformedArchiveException.class);
    }
  }

  private record Read(TarEntry entry, String content) {}

  private static List<Read> read(byte[] archive) throws IOException {
    return readAll(archive, OutputStream.nullOutputStream());
  }

  private static List<Read> readAll(byte[] archive, OutputStream copy) throws IOException {
    var all = new ArrayList<Read>();
    var reader = new TarReader(new ByteArrayInputStream(archive), copy);
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      var content = new ByteArrayOutputStream();
      reader.readContent(content::write);
      all.add(new Read(next.get(), content.toString(StandardCharsets.ISO_8859_1)));
    }
    return all;
  }
}
