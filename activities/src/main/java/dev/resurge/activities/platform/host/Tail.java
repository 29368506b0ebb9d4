package dev.resurge.activities.platform.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The last bytes of a stream, however long it is. Safe for one writer and many readers. */
final class Tail {
  private final byte[] ring;
  private long written;

  Tail(int size) {
    ring = new byte[size];
  }

  /** Reads {@code stream} to its end; its being closed under the reader is an end, too. */
  void drain(InputStream stream) {
    var buffer = new byte[8192];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        add(buffer, n);
      }
    } catch (IOException e) {
      // a pipe fails in the middle only when its process was killed: what came before is kept
    }
  }

  private synchronized void add(byte[] bytes, int length) {
    for (int i = Math.max(0, length - ring.length); i < length; i++) {
      ring[(int) ((written + i) % ring.length)] = bytes[i];
    }
    written += length;
  }

  /** What is kept; if more has come, beginning with the first whole line of it. */
  synchronized String text() {
    int kept = (int) Math.min(written, ring.length);
    var bytes = new byte[kept];
    for (int i = 0; i < kept; i++) {
      bytes[i] = ring[(int) ((written - kept + i) % ring.length)];
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    int firstLine = text.indexOf('\n') + 1;
    return written > kept && firstLine < text.length() ? text.substring(firstLine) : text;
  }
}
