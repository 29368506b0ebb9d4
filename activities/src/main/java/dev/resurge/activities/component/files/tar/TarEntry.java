package dev.resurge.activities.component.files.tar;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One entry of an archive, with what pax headers said of it.
 *
 * @param name as in the archive, such as {@code ./a/b} or {@code ./a/}
 * @param typeFlag the byte in the header
 * @param mode the twelve permission bits
 * @param modified seconds since 1970 with nine decimals, such as {@code 1700000000.123456789}
 * @param size bytes of the content as programs read it, holes included; 0 for what has none
 * @param stored bytes that follow in the archive
 * @param link target of a symbolic link, or the earlier entry that a hard link names
 * @param attributes extended attributes, ACLs and security labels by their pax keyword
 * @param oddities what GNU tar never writes in {@code --format=pax}; readers may disagree on such
 *     archives, so nothing that has any is extracted
 */
public record TarEntry(
    RawName name,
    Type type,
    char typeFlag,
    int mode,
    long uid,
    long gid,
    String modified,
    long size,
    long stored,
    Optional<RawName> link,
    String device,
    SparseForm sparse,
    SortedMap<String, RawName> attributes,
    List<String> oddities) {

  /** What an entry is. */
  public enum Type {
    FILE("file"),
    HARD_LINK("hardlink"),
    SYMBOLIC_LINK("symlink"),
    CHARACTER_DEVICE("char"),
    BLOCK_DEVICE("block"),
    DIRECTORY("dir"),
    FIFO("fifo"),
    UNKNOWN("unknown");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** The word in listings. */
    public String word() {
      return word;
    }

    static Type of(char flag) {
      return switch (flag) {
        case '0', '\0', '7' -> FILE;
        case '1' -> HARD_LINK;
        case '2' -> SYMBOLIC_LINK;
        case '3' -> CHARACTER_DEVICE;
        case '4' -> BLOCK_DEVICE;
        case '5' -> DIRECTORY;
        case '6' -> FIFO;
        default -> UNKNOWN;
      };
    }
  }

  /** Where the map of a file with holes is found. */
  public sealed interface SparseForm {
    /** A file without holes. */
    record None() implements SparseForm {}

    /** GNU sparse format 1.0: the map stands before the content. */
    record InContent() implements SparseForm {}

    /** GNU sparse formats 0.0 and 0.1: the map stood in the pax header. */
    record InHeader(SparseMap map) implements SparseForm {}
  }
}
