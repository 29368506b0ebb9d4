package dev.resurge.activities.component.files.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The archive's bytes as they come in and go out again unchanged. Headers are held back until they
 * are released, so that a reader can refuse an entry before any byte of it went on.
 */
final class ArchiveBytes {
  private static final int CHUNK = 128 * 1024;
  private static final int MAX_HEADER = 32 << 20;
  private final InputStream in;
  private final OutputStream copy;
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private final byte[] chunk = new byte[CHUNK];
  private long position;

  ArchiveBytes(InputStream in, OutputStream copy) {
    this.in = in;
    this.copy = copy;
  }

  /** How many bytes were read. */
  long position() {
    return position;
  }

  /** Reads one block and holds it back. */
  byte[] block() throws IOException {
    return hold(TarHeader.SIZE);
  }

  /** Reads what a header of headers holds, with its padding, and holds it back. */
  byte[] headerContent(long size) throws IOException {
    if (held.size() + size > MAX_HEADER) {
      throw new MalformedArchiveException(
          "the headers of one entry at byte " + position + " take " + size + " bytes");
    }
    var content = hold((int) size);
    hold(padding(size));
    return content;
  }

  private byte[] hold(int size) throws IOException {
    var bytes = in.readNBytes(size);
    position += bytes.length;
    if (bytes.length < size) {
      throw endsEarly();
    }
    held.write(bytes, 0, size);
    return bytes;
  }

  /** Lets go on what was held back. */
  void release() throws IOException {
    held.writeTo(copy);
    held.reset();
  }

  /** Reads at most {@code limit} bytes of content into {@link #chunk} and passes them on. */
  int content(long limit) throws IOException {
    int count = in.read(chunk, 0, (int) Math.min(CHUNK, limit));
    if (count < 0) {
      throw endsEarly();
    }
    position += count;
    copy.write(chunk, 0, count);
    return count;
  }

  /** Reads one whole block of content into {@link #chunk} and passes it on; its size. */
  int contentBlock() throws IOException {
    int count = in.readNBytes(chunk, 0, TarHeader.SIZE);
    position += count;
    if (count < TarHeader.SIZE) {
      throw endsEarly();
    }
    copy.write(chunk, 0, count);
    return count;
  }

  /** What {@link #content} read last. */
  byte[] chunk() {
    return chunk;
  }

  /** Passes on {@code size} bytes that nobody looks at. */
  void skip(long size) throws IOException {
    for (long left = size; left > 0; ) {
      left -= content(left);
    }
  }

  /**
   * Reads the zeros that fill the last record; anything else there is refused.
   *
   * @param padding whether to pass them on too. A tar that unpacks ends at the end mark, and what
   *     is written to it after that breaks the pipe.
   */
  void end(boolean padding) throws IOException {
    if (!padding) {
      held.writeBytes(new byte[TarHeader.SIZE]); // an end mark is two blocks
    }
    release();
    copy.flush();
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      requireZeros(count);
      position += count;
      if (padding) {
        copy.write(chunk, 0, count);
      }
    }
    copy.flush();
  }

  private void requireZeros(int count) throws MalformedArchiveException {
    for (int i = 0; i < count; i++) {
      if (chunk[i] != 0) {
        throw new MalformedArchiveException(
            "more than zeros behind the archive's end, at byte " + (position + i));
      }
    }
  }

  /** Bytes that fill the last block of {@code size} bytes. */
  static int padding(long size) {
    return (int) (-size & (TarHeader.SIZE - 1));
  }

  private MalformedArchiveException endsEarly() {
    return new MalformedArchiveException(
        "the archive ends at byte " + position + ", in the middle of it");
  }
}
