package dev.resurge.activities.platform.host;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts programs that are to outlive the attempt and the worker: a session of their own, nothing
 * to read, output to a file, and no tag by which anything of ours would end them.
 */
final class DetachedLauncher {
  private static final long LOG_KEPT = 10_000_000;
  private static final int TAIL = 4096;

  private final Launcher launcher;
  private final Path logs;

  /**
   * @param logs the folder of the files they write to; made when needed, readable by nobody else
   */
  DetachedLauncher(Launcher launcher, Path logs) {
    this.launcher = launcher;
    this.logs = logs;
  }

  /**
   * Starts a program.
   *
   * @param name of its log, which is appended to
   * @throws ResurgeException {@code ProgramMissing}, {@code ProgramFailed}
   */
  Detached start(String name, List<String> argv) {
    var log = logs.resolve(name.replaceAll("[^A-Za-z0-9._-]", "_") + ".log");
    var builder = launcher.prepare(argv, Map.of(), Optional.empty());
    try {
      long begin = makeLog(log);
      builder
          .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(log.toFile()));
      return new Detached(launcher.start(builder, String.join(" ", argv)), log, begin);
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED,
          "Starting " + String.join(" ", argv) + ": its log " + log + " cannot be written: " + e,
          e);
    }
  }

  /** Where the next output will begin. Applications print secrets: the file is the owner's only. */
  private long makeLog(Path log) throws IOException {
    Files.createDirectories(
        logs, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (Files.exists(log) && Files.size(log) > LOG_KEPT) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log)) {
      Files.createFile(
          log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return Files.size(log);
  }

  /**
   * What was started.
   *
   * @param begin where its output begins in the log
   */
  record Detached(Process process, Path log, long begin) {
    /** Whether the command ended with an error; one that still runs or exited 0 did not. */
    boolean failed() {
      return !process.isAlive() && process.exitValue() != 0;
    }

    /** The last of what it printed. */
    String lastOutput() {
      try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
        channel.position(Math.max(begin, channel.size() - TAIL));
        var tail = new Tail(TAIL);
        tail.drain(Channels.newInputStream(channel));
        return tail.text().strip();
      } catch (IOException e) {
        return "(" + log + " cannot be read: " + e.getMessage() + ")";
      }
    }
  }
}
