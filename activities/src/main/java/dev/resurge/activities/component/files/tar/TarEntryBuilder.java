package dev.resurge.activities.component.files.tar;

import dev.resurge.activities.component.files.tar.TarEntry.SparseForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts together what the headers before an entry say of it, and notes what capture never writes.
 */
final class TarEntryBuilder {
  private final List<String> oddities = new ArrayList<>();
  private Optional<PaxRecords> pax = Optional.empty();
  private Optional<RawName> longName = Optional.empty();
  private Optional<RawName> longLink = Optional.empty();

  /** Whether a header of headers has come. */
  boolean begun() {
    return pax.isPresent() || longName.isPresent() || longLink.isPresent() || !oddities.isEmpty();
  }

  void pax(PaxRecords records, TarHeader header) {
    if (pax.isPresent()) {
      oddities.add("two pax headers");
    }
    if (!header.posix()) {
      oddities.add("a pax header that is not ustar");
    }
    oddities.addAll(records.oddities());
    pax = Optional.of(records);
  }

  void global(byte[] ignored) {
    oddities.add("a global pax header of " + ignored.length + " bytes");
  }

  void longName(byte[] content) {
    oddities.add("a GNU long name");
    longName = Optional.of(untilNul(content));
  }

  void longLink(byte[] content) {
    oddities.add("a GNU long link");
    longLink = Optional.of(untilNul(content));
  }

  TarEntry build(TarHeader header) throws MalformedArchiveException {
    char flag = header.typeFlag();
    var type = TarEntry.Type.of(flag);
    long stored = type == TarEntry.Type.HARD_LINK ? 0 : stored(header);
    var name = name(header);
    var sparse = sparse(type);
    note(header, type, flag, name);
    return new TarEntry(
        name,
        type,
        flag,
        header.mode(),
        number("uid", header.uid()),
        number("gid", header.gid()),
        text(records -> records.time("mtime"), header.modified() + ".000000000"),
        type == TarEntry.Type.FILE ? logicalSize(sparse, stored) : 0,
        stored,
        link(header, type),
        type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE
            ? header.device()
            : "",
        sparse,
        pax.map(PaxRecords::attributes).orElseGet(TreeMap::new),
        List.copyOf(oddities));
  }

  private void note(TarHeader header, TarEntry.Type type, char flag, RawName name)
      throws MalformedArchiveException {
    if (!header.posix()) {
      oddities.add("a header that is not ustar");
    }
    if (type == TarEntry.Type.UNKNOWN || flag == '\0' || flag == '7') {
      oddities.add("entry type " + (int) flag);
    }
    if (type != TarEntry.Type.FILE
        && (header.size() != 0 || pax.flatMap(p -> p.text("size")).isPresent())) {
      oddities.add("content in an entry that is no file");
    }
    // Readers take such a file for a directory, as archives of 1979 have them.
    if (type == TarEntry.Type.FILE && name.length() > 0 && name.at(name.length() - 1) == '/') {
      oddities.add("a file whose name ends with a slash");
    }
  }

  private long stored(TarHeader header) throws MalformedArchiveException {
    return number("size", header.size());
  }

  private RawName name(TarHeader header) {
    // For a sparse file with a long name GNU tar writes both; "path" then holds a made-up name.
    return pax.flatMap(p -> p.text("GNU.sparse.name"))
        .or(() -> pax.flatMap(p -> p.text("path")))
        .or(() -> longName)
        .orElseGet(header::name);
  }

  private Optional<RawName> link(TarHeader header, TarEntry.Type type) {
    if (type != TarEntry.Type.HARD_LINK && type != TarEntry.Type.SYMBOLIC_LINK) {
      return Optional.empty();
    }
    return Optional.of(
        pax.flatMap(p -> p.text("linkpath")).or(() -> longLink).orElseGet(header::link));
  }

  private SparseForm sparse(TarEntry.Type type) throws MalformedArchiveException {
    if (pax.isEmpty()) {
      return new SparseForm.None();
    }
    var records = pax.get();
    var map = records.sparse();
    if (map.isPresent()) {
      return new SparseForm.InHeader(map.get());
    }
    boolean modern =
        records.number("GNU.sparse.major").equals(Optional.of(1L))
            && records.number("GNU.sparse.minor").equals(Optional.of(0L));
    boolean mentioned =
        records.text("GNU.sparse.name").isPresent()
            || records.text("GNU.sparse.realsize").isPresent();
    if (modern && type != TarEntry.Type.FILE) {
      oddities.add("a sparse entry that is no file");
    }
    if (!modern && mentioned) {
      oddities.add("half a description of a sparse file");
    }
    return modern ? new SparseForm.InContent() : new SparseForm.None();
  }

  private long logicalSize(SparseForm sparse, long stored) throws MalformedArchiveException {
    return switch (sparse) {
      case SparseForm.None none -> stored;
      case SparseForm.InContent inContent -> number("GNU.sparse.realsize", stored);
      case SparseForm.InHeader inHeader ->
          number("GNU.sparse.size", number("GNU.sparse.realsize", stored));
    };
  }

  private long number(String key, long otherwise) throws MalformedArchiveException {
    return pax.isEmpty() ? otherwise : pax.get().number(key).orElse(otherwise);
  }

  private String text(TimeOf key, String otherwise) throws MalformedArchiveException {
    return pax.isEmpty() ? otherwise : key.read(pax.get()).orElse(otherwise);
  }

  private static RawName untilNul(byte[] content) {
    int length = 0;
    while (length < content.length && content[length] != 0) {
      length++;
    }
    return RawName.of(content, 0, length);
  }

  @FunctionalInterface
  private interface TimeOf {
    Optional<String> read(PaxRecords records) throws MalformedArchiveException;
  }
}
