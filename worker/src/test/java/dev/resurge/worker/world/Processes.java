package dev.resurge.worker.world;

import dev.resurge.activities.spi.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The processes of one world: those whose command line names its system, which no other does. */
final class Processes {
  private Processes() {}

  /**
   * All that live; a zombie has no command line any more. A database session's process names its
   * database too, but is the server's.
   */
  static List<ProcessHandle> naming(String words) {
    return ProcessHandle.allProcesses()
        .filter(p -> commandLine(p).contains(words))
        .filter(p -> !commandLine(p).startsWith("postgres: "))
        .toList();
  }

  /** Program and arguments; empty if it has ended. */
  static String commandLine(ProcessHandle process) {
    try {
      return new String(
              Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline")),
              StandardCharsets.UTF_8)
          .replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }

  /** Kills them and waits until they are gone. */
  static void endAllNaming(String words) {
    var gone =
        Poll.until(
            Duration.ofSeconds(10),
            Duration.ofMillis(10),
            () -> {
              var left = naming(words); // again: one may have started another
              left.forEach(ProcessHandle::destroyForcibly);
              return left.isEmpty();
            });
    if (!gone) {
      throw new AssertionError("processes outlive being killed: " + naming(words));
    }
  }
}
