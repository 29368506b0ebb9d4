package dev.resurge.activities.component.files.tar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Reads a tar archive entry by entry while it passes through unchanged from {@code in} to {@code
 * copy}. Nothing of an entry is passed on before {@link #readContent} is called for it. Understands
 * ustar, pax headers, GNU long names and GNU sparse files (0.0, 0.1, 1.0); see the GNU tar manual,
 * "Tar Internals", and POSIX.1-2001, "pax". Holds one entry's headers and sparse map in memory.
 */
public final class TarReader {
  private static final byte[] ZEROS = new byte[64 * 1024];
  private final ArchiveBytes archive;
  private final boolean padding;
  private Optional<TarEntry> current = Optional.empty();

  public TarReader(InputStream in, OutputStream copy) {
    this(in, copy, true);
  }

  private TarReader(InputStream in, OutputStream copy, boolean padding) {
    this.archive = new ArchiveBytes(in, copy);
    this.padding = padding;
  }

  /** For a copy that is unpacked at once: what follows the end mark is read but not passed on. */
  public static TarReader unpacking(InputStream in, OutputStream copy) {
    return new TarReader(in, copy, false);
  }

  /** Takes an entry's content as programs read it: holes come as zeros. */
  @FunctionalInterface
  public interface Content {
    void accept(byte[] buffer, int offset, int length);
  }

  /** How many bytes of the archive were read. */
  public long position() {
    return archive.position();
  }

  /**
   * The next entry; empty at the archive's end, when everything was passed on.
   *
   * @throws MalformedArchiveException if there is no well-formed header or no end
   * @throws IllegalStateException if the content of the former entry was not read
   */
  public Optional<TarEntry> next() throws IOException {
    if (current.isPresent()) {
      throw new IllegalStateException("the content of " + current.get().name() + " was not read");
    }
    var builder = new TarEntryBuilder();
    while (current.isEmpty()) {
      long position = archive.position();
      var block = archive.block();
      if (TarHeader.isZero(block)) {
        if (builder.begun()) {
          throw new MalformedArchiveException("headers without an entry at byte " + position);
        }
        archive.end(padding);
        return Optional.empty();
      }
      var header = new TarHeader(block, position);
      switch (header.typeFlag()) {
        case 'x' ->
            builder.pax(PaxRecords.parse(archive.headerContent(header.size()), position), header);
        case 'g' -> builder.global(archive.headerContent(header.size()));
        case 'L' -> builder.longName(archive.headerContent(header.size()));
        case 'K' -> builder.longLink(archive.headerContent(header.size()));
        default -> current = Optional.of(builder.build(header));
      }
    }
    return current;
  }

  /** Passes on the present entry and shows its content. */
  public void readContent(Content content) throws IOException {
    var entry = current.orElseThrow(() -> new IllegalStateException("there is no entry"));
    archive.release();
    switch (entry.sparse()) {
      case TarEntry.SparseForm.None none -> readPlain(entry.stored(), content);
      case TarEntry.SparseForm.InHeader(SparseMap map) ->
          readSparse(entry, map, entry.stored(), content);
      case TarEntry.SparseForm.InContent inContent -> {
        var reader = new SparseMapReader(archive, entry.stored());
        var map = reader.read();
        readSparse(entry, map, reader.left(), content);
      }
    }
    archive.skip(ArchiveBytes.padding(entry.stored()));
    current = Optional.empty();
  }

  /** Passes on the present entry. */
  public void passContent() throws IOException {
    var entry = current.orElseThrow(() -> new IllegalStateException("there is no entry"));
    archive.release();
    archive.skip(entry.stored());
    archive.skip(ArchiveBytes.padding(entry.stored()));
    current = Optional.empty();
  }

  private void readPlain(long size, Content content) throws IOException {
    for (long left = size; left > 0; ) {
      int count = archive.content(left);
      content.accept(archive.chunk(), 0, count);
      left -= count;
    }
  }

  private void readSparse(TarEntry entry, SparseMap map, long stored, Content content)
      throws IOException {
    if (map.end() > entry.size() || map.stored() != stored) {
      throw new MalformedArchiveException(
          "the sparse map of " + entry.name() + " does not fit its content");
    }
    long at = 0;
    for (int part = 0; part < map.count(); part++) {
      zeros(map.offset(part) - at, content);
      readPlain(map.length(part), content);
      at = map.offset(part) + map.length(part);
    }
    zeros(entry.size() - at, content);
  }

  private static void zeros(long size, Content content) {
    for (long left = size; left > 0; left -= ZEROS.length) {
      content.accept(ZEROS, 0, (int) Math.min(ZEROS.length, left));
    }
  }
}
