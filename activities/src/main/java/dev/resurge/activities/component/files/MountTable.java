package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where file systems are mounted, as {@code /proc/self/mountinfo} says (proc(5)): its fifth field,
 * in which blank, tab, line feed and backslash are written as octal numbers. Bind mounts show here
 * too, which device numbers do not tell.
 */
final class MountTable {
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
  private final Path file;

  MountTable() {
    this(Path.of("/proc/self/mountinfo"));
  }

  MountTable(Path file) {
    this.file = file;
  }

  /** Whether something is mounted on {@code directory} itself. */
  boolean isMountPoint(Path directory) {
    return points().contains(real(directory));
  }

  /** What is mounted below {@code directory}. */
  List<String> below(Path directory) {
    var below = real(directory) + "/";
    return points().stream().filter(point -> point.startsWith(below)).sorted().toList();
  }

  /** Mounts are listed by paths without symbolic links. */
  private static String real(Path directory) {
    try {
      return directory.toRealPath().toString();
    } catch (IOException e) {
      return directory.toString();
    }
  }

  private List<String> points() {
    try (var lines = Files.lines(file)) {
      return lines.map(line -> unescape(line.split(" ", 6)[4])).toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new ResurgeException(
          ErrorType.INTERNAL, "reading the mounts from " + file + ": " + e.getMessage(), e);
    }
  }

  private static String unescape(String point) {
    return OCTAL
        .matcher(point)
        .replaceAll(match ->
            java.util.regex.Matcher.quoteReplacement(
                String.valueOf((char) Integer.parseInt(match.group(1), 8))));
  }
}
