package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.activities.component.files.tar.TarEntry;
import dev.resurge.workflows.model.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of {@code listing.txt}: everything that is compared of one entry, as ASCII in ten fields
 * with one blank between:
 *
 * <pre>
 * type mode uid gid mtime size content attributes path link
 * file 0644 0 0 1700000000.123456789 5 2cf24d… - a%20b/c -
 * </pre>
 *
 * <ul>
 *   <li>type: {@code file}, {@code dir}, {@code symlink}, {@code hardlink}, {@code char}, {@code
 *       block}, {@code fifo}, or {@code unknown}
 *   <li>mode: four octal digits; mtime: seconds since 1970 with nine decimals
 *   <li>size: bytes of a file as programs read it, holes included; 0 for all else
 *   <li>content: sha256 of a file as programs read it; {@code major:minor} of a device; else {@code
 *       -}
 *   <li>attributes: sha256 over extended attributes, ACLs and security labels, sorted by pax
 *       keyword, each as {@code keyword=percent-encoded value} and a line feed; {@code -} if none
 *   <li>path: below the root, percent-encoded as {@link RawName#encoded} does; the root is {@code
 *       .}
 *   <li>link: a symbolic link's target as it is, a hard link's first name below the root; else
 *       {@code -}
 * </ul>
 *
 * <p>Lines stand in the order of the archive: each directory before its entries, these sorted by
 * the bytes of their names.
 */
record ListingLine(List<String> fields) {
  private static final List<String> NAMES =
      List.of(
          "type",
          "mode",
          "uid",
          "gid",
          "mtime",
          "size",
          "content",
          "attributes",
          "path",
          "link target");
  private static final int SIZE = 5;
  private static final int PATH = 8;

  ListingLine {
    fields = List.copyOf(fields);
    if (fields.size() != NAMES.size()) {
      throw new IllegalArgumentException(
          "a line of a listing has " + NAMES.size() + " fields, not " + fields.size());
    }
  }

  /** What is said of {@code entry}, whose content has that sha256. */
  static String of(TarEntry entry, String sha256) {
    var content =
        switch (entry.type()) {
          case FILE -> sha256;
          case CHARACTER_DEVICE, BLOCK_DEVICE -> entry.device();
          case UNKNOWN -> "type" + (int) entry.typeFlag();
          default -> "-";
        };
    var link =
        entry
            .link()
            .map(target -> entry.type() == TarEntry.Type.HARD_LINK ? target.relative() : target)
            .map(RawName::encoded)
            .orElse("-");
    return String.join(
        " ",
        entry.type().word(),
        octal(entry.mode()),
        Long.toString(entry.uid()),
        Long.toString(entry.gid()),
        entry.modified(),
        Long.toString(entry.size()),
        content,
        attributes(entry),
        entry.name().relative().encoded(),
        link);
  }

  private static String octal(int mode) {
    var digits = Integer.toOctalString(mode);
    return "0".repeat(4 - digits.length()) + digits;
  }

  private static String attributes(TarEntry entry) {
    if (entry.attributes().isEmpty()) {
      return "-";
    }
    var all = new ByteArrayOutputStream();
    entry
        .attributes()
        .forEach((key, value) ->
            all.writeBytes(RawName.of(key + "=" + value.encoded() + "\n").toBytes()));
    return Json.sha256(all.toByteArray());
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it has not ten fields
   */
  static ListingLine parse(String line) {
    return new ListingLine(List.of(line.split(" ", -1)));
  }

  /** Whether it is of a folder. */
  boolean isFolder() {
    return fields.getFirst().equals(TarEntry.Type.DIRECTORY.word());
  }

  /** Bytes of a file; 0 for all else. */
  long size() {
    return Long.parseLong(fields.get(SIZE));
  }

  /** A hard link's first name below the root; empty for all else. */
  Optional<RawName> hardLink() {
    return fields.getFirst().equals(TarEntry.Type.HARD_LINK.word())
        ? Optional.of(RawName.decode(fields.getLast()))
        : Optional.empty();
  }

  /** The path, percent-encoded. */
  String path() {
    return fields.get(PATH);
  }

  /** Where another line of the same path differs: {@code size 5 → 6}. */
  List<String> changes(ListingLine other) {
    var changes = new ArrayList<String>();
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).equals(other.fields.get(i))) {
        changes.add(NAMES.get(i) + " " + brief(fields.get(i)) + " → " + brief(other.fields.get(i)));
      }
    }
    return changes;
  }

  private static String brief(String value) {
    return value.length() == 64 ? value.substring(0, 12) + "…" : value;
  }

  /** Whether this line's entry stands before, at or behind the other's in an archive. */
  int compareOrder(ListingLine other) {
    var a = RawName.decode(path());
    var b = RawName.decode(other.path());
    boolean rootA = path().equals(".");
    boolean rootB = other.path().equals(".");
    if (rootA || rootB) {
      return Boolean.compare(rootB, rootA);
    }
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      if (a.at(i) != b.at(i)) {
        return Integer.compare(rank(a.at(i)), rank(b.at(i)));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** A slash ends a name, so it sorts before any byte that a longer name goes on with. */
  private static int rank(int c) {
    return c == '/' ? 0 : c;
  }
}
