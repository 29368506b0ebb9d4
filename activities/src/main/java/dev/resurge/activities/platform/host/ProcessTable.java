package dev.resurge.activities.platform.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The processes of this machine as {@code /proc} shows them (proc(5)). Environments are readable
 * for processes of the worker's own user, and for all when it is root; others cannot be its
 * programs.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  /**
   * A living process.
   *
   * @param session the process id of its session's leader
   */
  record Entry(long pid, long session) {
    /** The value of a variable it was started with. */
    Optional<String> variable(String name) {
      return ProcessTable.variable(pid, name);
    }
  }

  /** Living processes that {@code wanted} holds for; never this one, and no zombies. */
  List<Entry> find(Predicate<Entry> wanted) {
    var self = ProcessHandle.current().pid();
    var found = new ArrayList<Entry>();
    try (var pids = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var directory : pids) {
        long pid = Long.parseLong(directory.getFileName().toString());
        if (pid != self) {
          entry(pid).filter(wanted).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + PROC, e);
    }
    return found;
  }

  /** Empty for zombies, which nothing can end, and for what ended meanwhile. */
  private static Optional<Entry> entry(long pid) {
    return read(pid, "stat")
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5))
        // after the name, which may hold anything: state, parent, group, session
        .filter(fields -> !fields[0].equals("Z") && !fields[0].equals("X"))
        .map(fields -> new Entry(pid, Long.parseLong(fields[3])));
  }

  private static Optional<String> variable(long pid, String name) {
    var start = "\0" + name + "=";
    return read(pid, "environ")
        .map(e -> "\0" + e + "\0")
        .filter(e -> e.contains(start))
        .map(e -> e.substring(e.indexOf(start) + start.length()))
        .map(e -> e.substring(0, e.indexOf('\0')));
  }

  private static Optional<String> read(long pid, String file) {
    try {
      var bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(file));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8)).filter(t -> !t.isEmpty());
    } catch (IOException e) {
      return Optional.empty(); // it has ended, or is another user's
    }
  }
}
