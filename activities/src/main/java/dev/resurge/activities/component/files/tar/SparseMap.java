package dev.resurge.activities.component.files.tar;

import java.util.Arrays;

/** Which parts of a file are stored; all else are holes, which read as zeros. */
public final class SparseMap {
  private long[] offsets = new long[16];
  private long[] lengths = new long[16];
  private int count;
  private long end;
  private long stored;

  /**
   * Adds a stored part.
   *
   * @throws MalformedArchiveException if it begins before the former one ends, or is negative
   */
  void add(long offset, long length) throws MalformedArchiveException {
    if (offset < end || length < 0 || offset > Long.MAX_VALUE - length) {
      throw new MalformedArchiveException(
          "a sparse map whose parts overlap: " + length + " bytes at " + offset);
    }
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    offsets[count] = offset;
    lengths[count++] = length;
    end = offset + length;
    stored += length;
  }

  int count() {
    return count;
  }

  long offset(int part) {
    return offsets[part];
  }

  long length(int part) {
    return lengths[part];
  }

  /** Where the last stored part ends. */
  long end() {
    return end;
  }

  /** Bytes in all parts together. */
  long stored() {
    return stored;
  }
}
