package dev.resurge.scenery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds free ports on the loopback address. They are used some time after they were found, so each
 * process begins somewhere else and gives none twice.
 */
public final class Ports {
  // below the range that the kernel takes for outgoing connections, so that none takes it meanwhile
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 100;
  private static final int EACH_PROCESS = 16;

  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * EACH_PROCESS % (LAST - FIRST)));

  private Ports() {}

  /** A port that nothing listens on now, and that was not given before. */
  public static int free() throws SceneException {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var port = FIRST + NEXT.getAndIncrement() % (LAST - FIRST);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // taken: another one
      }
    }
    throw new SceneException(
        "tried %d ports between %d and %d on 127.0.0.1, none is free"
            .formatted(ATTEMPTS, FIRST, LAST));
  }
}
