package dev.resurge.activities.component.files.tar;

import java.nio.charset.StandardCharsets;

/**
 * The 512 bytes before each entry, as POSIX.1-2001 (ustar) lays them out, with GNU's base-256
 * numbers.
 */
final class TarHeader {
  static final int SIZE = 512;
  private final byte[] block;

  /** Wraps a block that is not all zeros; checks its checksum. */
  TarHeader(byte[] block, long position) throws MalformedArchiveException {
    this.block = block;
    long sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    if (number(148, 8) != sum) {
      throw new MalformedArchiveException("no tar header at byte " + position + ": wrong checksum");
    }
  }

  static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  char typeFlag() {
    return (char) (block[156] & 0xff);
  }

  /** Whether it is written as POSIX says; older dialects have other fields behind byte 257. */
  boolean posix() {
    return "ustar\00000".equals(new String(block, 257, 8, StandardCharsets.ISO_8859_1));
  }

  RawName name() {
    var name = text(0, 100);
    var prefix = posix() ? text(345, 155) : RawName.of("");
    if (prefix.length() == 0) {
      return name;
    }
    var joined = new byte[prefix.length() + 1 + name.length()];
    System.arraycopy(prefix.toBytes(), 0, joined, 0, prefix.length());
    joined[prefix.length()] = '/';
    System.arraycopy(name.toBytes(), 0, joined, prefix.length() + 1, name.length());
    return RawName.of(joined, 0, joined.length);
  }

  RawName link() {
    return text(157, 100);
  }

  int mode() throws MalformedArchiveException {
    return (int) (number(100, 8) & 07777);
  }

  long uid() throws MalformedArchiveException {
    return number(108, 8);
  }

  long gid() throws MalformedArchiveException {
    return number(116, 8);
  }

  long size() throws MalformedArchiveException {
    long size = number(124, 12);
    if (size < 0) {
      throw new MalformedArchiveException("a negative size: " + size);
    }
    return size;
  }

  long modified() throws MalformedArchiveException {
    return number(136, 12);
  }

  String device() throws MalformedArchiveException {
    return number(329, 8) + ":" + number(337, 8);
  }

  private RawName text(int from, int width) {
    int length = 0;
    while (length < width && block[from + length] != 0) {
      length++;
    }
    return RawName.of(block, from, length);
  }

  private long number(int from, int width) throws MalformedArchiveException {
    if ((block[from] & 0x80) != 0) {
      return base256(from, width);
    }
    long value = 0;
    boolean begun = false;
    for (int i = from; i < from + width; i++) {
      int c = block[i];
      if (c >= '0' && c <= '7') {
        value = value * 8 + (c - '0');
        begun = true;
      } else if (c == 0 || (c == ' ' && begun)) {
        break;
      } else if (c != ' ') {
        throw new MalformedArchiveException("a number in a tar header that is not octal");
      }
    }
    return value;
  }

  private long base256(int from, int width) throws MalformedArchiveException {
    boolean negative = (block[from] & 0x40) != 0;
    long value = negative ? -1 : 0;
    for (int i = from; i < from + width; i++) {
      int digit = block[i] & 0xff;
      if (i == from) { // its highest bit marks the form, the next is the sign
        digit = negative ? digit : digit & 0x7f;
      }
      if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
        throw new MalformedArchiveException("a number in a tar header that is too large");
      }
      value = (value << 8) | digit;
    }
    return value;
  }
}
