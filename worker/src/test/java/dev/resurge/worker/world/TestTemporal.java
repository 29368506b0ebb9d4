package dev.resurge.worker.world;

import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.testing.FreePort;
import dev.resurge.starter.stack.TemporalServer;
import dev.resurge.worker.EmbeddedTemporal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The Temporal of a test: the one in memory, or in the lab ({@code ./resurge test --lab temporal})
 * the real server, a process of its own whose memory is a file.
 */
public abstract class TestTemporal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** The real server's program, in the lab. */
  public static Optional<Path> program() {
    return Optional.ofNullable(System.getProperty("lab.temporal"))
        .filter(path -> !path.isBlank())
        .map(Path::of);
  }

  /** Starts one on a free port. */
  public static TestTemporal start() {
    return start(FreePort.next());
  }

  private static TestTemporal start(int port) {
    return program()
        .<TestTemporal>map(path -> new Real(path, port))
        .orElseGet(() -> new InMemory(port));
  }

  /** {@code 127.0.0.1:port}. */
  public abstract String address();

  /**
   * Where its own pages are.
   *
   * @throws IllegalStateException for the one in memory, which has none
   */
  public abstract URI pages();

  /** Ends it with all it knew; an empty one takes its place. */
  abstract void lose();

  /** Kills it; what it knew is gone, where that was in memory. */
  public abstract void kill();

  /** Starts it again at the same address. */
  public abstract void startAgain();

  @Override
  public abstract void close();

  private static final class InMemory extends TestTemporal {
    private final int port;
    private EmbeddedTemporal server;

    InMemory(int port) {
      this.port = port;
      server = EmbeddedTemporal.start(port);
    }

    @Override
    public String address() {
      return server.address();
    }

    @Override
    public URI pages() {
      throw new IllegalStateException("it has no pages; ask for the lab's Temporal");
    }

    @Override
    void lose() {
      kill();
      startAgain();
    }

    @Override
    public void kill() {
      server.close();
    }

    @Override
    public void startAgain() {
      server = EmbeddedTemporal.start(port);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  private static final class Real extends TestTemporal {
    private final Path program;
    private final int port;
    private final int pagesPort = FreePort.next();
    private final Path folder;
    private Process process;

    Real(Path program, int port) {
      this.program = program;
      this.port = port;
      try {
        folder = Files.createTempDirectory("temporal-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      startAgain();
    }

    @Override
    public String address() {
      return "127.0.0.1:" + port;
    }

    @Override
    public URI pages() {
      return URI.create("http://127.0.0.1:" + pagesPort);
    }

    @Override
    void lose() {
      kill();
      Trees.remove(folder);
      startAgain();
    }

    @Override
    public void kill() {
      process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void startAgain() {
      var server =
          new TemporalServer(
              "127.0.0.1", port, pagesPort, "default", folder.resolve("temporal.db"));
      try {
        Files.createDirectories(folder);
        process =
            new ProcessBuilder(server.argv(program))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (!Poll.until(PATIENCE, LOOK, () -> listens(port) && listens(pagesPort))) {
        throw new AssertionError("Temporal does not come up: " + Trees.text(folder.resolve("log")));
      }
    }

    private static boolean listens(int port) {
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      kill();
      Trees.remove(folder);
    }
  }
}
