package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Walks a directory with {@code find}, which follows no symbolic link, stays on the file system,
 * and copes with any name at any depth; holds one entry in memory.
 */
final class TreeWalk {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final String FORMAT = " %y %s %b %n %D %U %G %T@ %C@ %P\\0";
  private static final int FIELDS = 10;
  private final Shell shell;

  TreeWalk(Shell shell) {
    this.shell = shell;
  }

  /**
   * One thing found.
   *
   * @param type as {@code find -printf %y} says: f, d, l, p, s, c, b
   * @param blocks of 512 bytes on disk
   * @param readable whether tar could read it; true for all but files and directories
   * @param path below the root; empty for the root itself
   */
  record Item(
      boolean readable,
      char type,
      long size,
      long blocks,
      long links,
      long device,
      Instant modified,
      Instant changed,
      RawName path) {}

  /** Shows everything below and including {@code root}. What vanishes meanwhile is left out. */
  void walk(Attempt attempt, String component, Path root, Consumer<Item> items) {
    try (var find = shell.start(attempt, program(component, root))) {
      find.stdin().close();
      read(new BufferedInputStream(find.stdout(), 1 << 16), items);
      int exit = find.awaitExit();
      // 1 says that something vanished or could not be entered; the latter shows in the items.
      if (exit > 1) {
        throw new ResurgeException(
            ErrorType.PROGRAM_FAILED,
            "walking " + root + ": find ended with " + exit + ": " + find.stderrTail().strip());
      }
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED, "walking " + root + " with find: " + e.getMessage(), e);
    }
  }

  private static Shell.Program program(String component, Path root) {
    return Shell.Program.of(
            component,
            List.of(
                "find",
                root.toString(),
                "-xdev",
                "(",
                "(",
                "-type",
                "f",
                "!",
                "-readable",
                "-o",
                "-type",
                "d",
                "!",
                "(",
                "-readable",
                "-executable",
                ")",
                ")",
                "-printf",
                "unreadable",
                "-o",
                "-printf",
                "readable",
                ")",
                "-printf",
                FORMAT))
        .with(Map.of("LC_ALL", "C"))
        .within(LONGEST);
  }

  private static void read(InputStream found, Consumer<Item> items) throws IOException {
    var record = new ByteArrayOutputStream();
    for (int b = found.read(); b >= 0; b = found.read()) {
      if (b == 0) {
        items.accept(parse(record.toByteArray()));
        record.reset();
      } else {
        record.write(b);
      }
    }
  }

  private static Item parse(byte[] record) {
    int path = 0;
    for (int blanks = 0; blanks < FIELDS; path++) {
      blanks += record[path] == ' ' ? 1 : 0;
    }
    var fields = new String(record, 0, path, StandardCharsets.US_ASCII).split(" ", -1);
    return new Item(
        fields[0].equals("readable"),
        fields[1].charAt(0),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]),
        Long.parseLong(fields[5]),
        instant(fields[8]),
        instant(fields[9]),
        RawName.of(record, path, record.length - path));
  }

  /** {@code 1700000000.1234567890}: ten decimals, the last always 0. */
  private static Instant instant(String seconds) {
    return Instant.EPOCH.plusNanos(
        new java.math.BigDecimal(seconds)
            .min(java.math.BigDecimal.valueOf(9_000_000_000L))
            .movePointRight(9)
            .longValue());
  }
}
