package dev.resurge.starter.stack;

import dev.resurge.activities.spi.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program that goes on after the command that started it, and is found again by the next one. It
 * writes itself down before it begins: whoever starts it may be killed at any moment, and it is
 * still known.
 */
public final class Daemon {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration WRITES_WITHIN = Duration.ofSeconds(10);
  private static final Duration KILLED_ENDS_WITHIN = Duration.ofSeconds(10);
  private static final long LOG_KEPT = 10_000_000;
  private static final int LAST_LINES = 15;

  /**
   * A number, when the kernel says that it began, and of which boot: no other process has these.
   */
  private static final String WRITTEN_DOWN =
      """
      set -e
      read -r boot </proc/sys/kernel/random/boot_id
      echo "$$ $(cut -d ' ' -f 22 "/proc/$$/stat") $boot" >"$1.new"
      mv "$1.new" "$1"
      shift
      exec "$@"
      """;

  private final String name;
  private final Path folder;

  /**
   * @param folder of its log and of the file that says which process it is
   */
  Daemon(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  /** What people call it. */
  String name() {
    return name;
  }

  /** Where it writes what it does. */
  Path log() {
    return folder.resolve(name + ".log");
  }

  private Path pidFile() {
    return folder.resolve(name + ".pid");
  }

  /** Its process, if it lives. */
  Optional<ProcessHandle> running() {
    try {
      var words = Files.readString(pidFile()).strip().split(" ", -1);
      if (words.length != 3 || !words[2].equals(Files.readString(BOOT).strip())) {
        return Optional.empty();
      }
      var pid = Long.parseLong(words[0]);
      return words[1].equals(start(pid)) ? ProcessHandle.of(pid) : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** In clock ticks since the boot; nothing if it has ended, reaped or not. */
  private static String start(long pid) throws IOException {
    var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // after the name, which may hold anything, comes the state, the third field; the 22nd is start
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return fields[0].equals("Z") || fields[0].equals("X") ? "" : fields[22 - 3];
  }

  /**
   * Starts it in a session of its own, so that Ctrl-C in this terminal is not meant for it. Returns
   * when it is written down, or has ended before.
   */
  void start(List<String> argv, Path workingFolder) {
    var command =
        new ArrayList<>(List.of("setsid", "sh", "-c", WRITTEN_DOWN, "sh", pidFile().toString()));
    command.addAll(argv);
    try {
      makeLog();
      Files.deleteIfExists(pidFile());
      var process =
          new ProcessBuilder(command)
              .directory(workingFolder.toFile())
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log().toFile()))
              .start();
      Poll.until(WRITES_WITHIN, LOOK, () -> running().isPresent() || !process.isAlive());
    } catch (IOException e) {
      throw new UncheckedIOException("starting " + String.join(" ", argv) + ": " + e, e);
    }
  }

  /** Logs name systems and folders: the owner's only. */
  private void makeLog() throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    if (Files.exists(log()) && Files.size(log()) > LOG_KEPT) {
      Files.move(log(), folder.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log())) {
      Files.createFile(
          log(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  /**
   * Asks it to end and waits; then kills it.
   *
   * @return whether it ended by itself
   */
  boolean end(Duration patience) {
    running().ifPresent(ProcessHandle::destroy);
    if (Poll.until(patience, LOOK, () -> running().isEmpty())) {
      return true;
    }
    running().ifPresent(ProcessHandle::destroyForcibly);
    Poll.until(KILLED_ENDS_WITHIN, LOOK, () -> running().isEmpty());
    return false;
  }

  /** The last lines of its log. */
  String lastWords() {
    return lastLines(log());
  }

  /** The last lines of a program's log, for a message. */
  public static String lastLines(Path log) {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
