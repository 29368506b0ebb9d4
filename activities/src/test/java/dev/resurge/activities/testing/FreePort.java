package dev.resurge.activities.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds free ports on the loopback address for what listens some time later, or again after it was
 * stopped: below the range that the kernel takes for outgoing connections, none given twice.
 */
public final class FreePort {
  private static final int FIRST = 12_000;
  private static final int LAST = 20_000;
  private static final int EACH_PROCESS = 64;

  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * EACH_PROCESS % (LAST - FIRST)));

  private FreePort() {}

  /** A port that nothing listens on now, and that this process was not given before. */
  public static int next() {
    for (var attempt = FIRST; attempt < LAST; attempt++) {
      var port = FIRST + NEXT.getAndIncrement() % (LAST - FIRST);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // taken: another one
      }
    }
    throw new IllegalStateException("no port between " + FIRST + " and " + LAST + " is free");
  }
}
