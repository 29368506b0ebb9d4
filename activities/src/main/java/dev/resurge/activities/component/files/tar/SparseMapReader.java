package dev.resurge.activities.component.files.tar;

import java.io.IOException;

/**
 * Reads the map that stands before the content of a file in GNU sparse format 1.0: decimal numbers,
 * one a line: how many parts, then offset and length of each; filled up to whole blocks.
 */
final class SparseMapReader {
  private final ArchiveBytes archive;
  private long left;
  private int available;
  private int at;

  SparseMapReader(ArchiveBytes archive, long stored) {
    this.archive = archive;
    this.left = stored;
  }

  SparseMap read() throws IOException {
    var map = new SparseMap();
    long parts = number();
    for (long i = 0; i < parts; i++) {
      long offset = number();
      map.add(offset, number());
    }
    return map;
  }

  /** Bytes of content behind the map. */
  long left() {
    return left;
  }

  private long number() throws IOException {
    long value = 0;
    for (int digits = 0; ; digits++) {
      int c = next();
      if (c == '\n' && digits > 0) {
        return value;
      }
      if (c < '0' || c > '9' || digits == 18) {
        throw new MalformedArchiveException(
            "a sparse map that is no list of numbers, before byte " + archive.position());
      }
      value = value * 10 + (c - '0');
    }
  }

  private int next() throws IOException {
    if (at == available) {
      if (left < TarHeader.SIZE) {
        throw new MalformedArchiveException(
            "a sparse map longer than its entry, before byte " + archive.position());
      }
      fill();
    }
    return archive.chunk()[at++];
  }

  /** One whole block, for the content begins at a block's boundary. */
  private void fill() throws IOException {
    available = archive.contentBlock();
    left -= available;
    at = 0;
  }
}
