package dev.resurge.worker.world;

import dev.resurge.activities.spi.Poll;
import dev.resurge.activities.testing.PostgresCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Keeps others waiting for something until it is released, at the latest with its world. */
public interface Hold {
  /** Lets them go on; a second time does nothing. */
  void release();

  /** Takes the kernel's lock of a directory, under which copies are swapped. */
  static Hold ofDirectory(Path directory) {
    try {
      // tee becomes the holder; it ends with its input, also when this JVM dies
      var copy = directory.resolveSibling("held").toString();
      var holder =
          new ProcessBuilder(List.of("flock", "--no-fork", directory.toString(), "tee", copy))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var echo =
          new BufferedReader(
              new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
      holder.getOutputStream().write("held\n".getBytes(StandardCharsets.UTF_8));
      holder.getOutputStream().flush();
      if (!"held".equals(echo.readLine())) {
        throw new AssertionError("flock (of util-linux) could not lock " + directory);
      }
      return () -> {
        try {
          holder.getOutputStream().close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        holder.onExit().join();
      };
    } catch (IOException e) {
      throw new UncheckedIOException("these tests need flock, of util-linux", e);
    }
  }

  /** Locks the table of books against everybody, waiting for it to be there. */
  static Hold ofBooks(PostgresCluster cluster, String database) {
    try {
      // not as the superuser, whose sessions nobody else may end
      var session = cluster.connect(database, Machine.ADMIN);
      if (!Poll.until(Duration.ofSeconds(20), Duration.ofMillis(2), () -> lock(session))) {
        session.close();
        throw new AssertionError(database + " gets no table of books");
      }
      return () -> {
        try {
          session.close();
        } catch (SQLException e) {
          // somebody ended the session, which frees the table too
        }
      };
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean lock(Connection session) {
    try (var statement = session.createStatement()) {
      session.setAutoCommit(false);
      statement.execute("LOCK TABLE book IN ACCESS EXCLUSIVE MODE");
      return true;
    } catch (SQLException e) {
      rollback(session);
      return false;
    }
  }

  private static void rollback(Connection session) {
    try {
      session.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
