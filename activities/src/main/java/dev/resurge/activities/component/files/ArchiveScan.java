package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.TarEntry;
import dev.resurge.activities.component.files.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * Reads an archive once and makes its listing and its fingerprint, while the archive passes through
 * unchanged.
 */
final class ArchiveScan {
  private final LongConsumer progress;

  /**
   * @param progress told the bytes of the archive read so far
   */
  ArchiveScan(LongConsumer progress) {
    this.progress = progress;
  }

  /** Takes the lines of the listing, without line feeds. */
  @FunctionalInterface
  interface Lines {
    void accept(String line) throws IOException;
  }

  /** Is asked before anything of an entry passes on; throws to refuse it. */
  @FunctionalInterface
  interface Admission {
    void admit(TarEntry entry);
  }

  /** Reads everything. */
  Tally scan(InputStream archive, OutputStream copy, Admission admission, Lines lines)
      throws IOException {
    var tally = new Tally();
    var reader = new TarReader(archive, copy);
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      var entry = next.get();
      admission.admit(entry);
      var line = ListingLine.of(entry, contentDigest(reader, entry));
      tally.add(entry, line);
      lines.accept(line);
      progress.accept(reader.position());
    }
    return tally;
  }

  /** Passes everything on to what unpacks it, without counting. */
  void unpack(InputStream archive, OutputStream tar, Admission admission) throws IOException {
    var reader = TarReader.unpacking(archive, tar);
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      admission.admit(next.get());
      reader.passContent();
      progress.accept(reader.position());
    }
  }

  /** Passes on what {@code sieve} lets through; all of it is admitted first. */
  void unpack(InputStream archive, OutputStream tar, Admission admission, ArchiveSieve sieve)
      throws IOException {
    var outlet = new ArchiveSieve.Outlet(tar);
    var reader = TarReader.unpacking(archive, outlet);
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      admission.admit(next.get());
      sieve.direct(next.get(), outlet);
      reader.passContent();
      sieve.passed(outlet);
      progress.accept(reader.position());
    }
  }

  private String contentDigest(TarReader reader, TarEntry entry) throws IOException {
    if (entry.type() != TarEntry.Type.FILE) {
      reader.passContent();
      return "-";
    }
    var digest = Tally.sha256();
    reader.readContent((buffer, offset, length) -> {
      digest.update(buffer, offset, length);
      progress.accept(reader.position());
    });
    return HexFormat.of().formatHex(digest.digest());
  }
}
