package dev.resurge.activities.component.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** Moves bytes from a stream to another in constant memory. */
final class Pump {
  private static final int BUFFER = 256 * 1024;

  private Pump() {}

  /** Writing failed, as it does when the program that was to read has ended. */
  static final class SinkClosed extends IOException {
    private static final long serialVersionUID = 1L;

    SinkClosed(IOException cause) {
      super(cause);
    }
  }

  /**
   * Moves all bytes and calls {@code moved} with each number of them.
   *
   * @throws SinkClosed if it was the writing that failed
   */
  static void move(InputStream from, OutputStream to, LongConsumer moved) throws IOException {
    var buffer = new byte[BUFFER];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      try {
        to.write(buffer, 0, read);
      } catch (IOException e) {
        throw new SinkClosed(e);
      }
      moved.accept(read);
    }
    try {
      to.flush();
    } catch (IOException e) {
      throw new SinkClosed(e);
    }
  }
}
