package dev.resurge.activities.component.postgres;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** As a store that hangs: big archives come in part. */
final class StopsAfterTheFirstBytes extends FilterInputStream {
  private static final int PART = 100_000;
  private final CountDownLatch reached;
  private final CountDownLatch released;
  private int bytes;

  StopsAfterTheFirstBytes(InputStream in, CountDownLatch reached, CountDownLatch released) {
    super(in);
    this.reached = reached;
    this.released = released;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (bytes >= PART) {
      reached.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
    int read = super.read(buffer, offset, Math.min(length, PART));
    bytes += Math.max(0, read);
    return read;
  }
}
