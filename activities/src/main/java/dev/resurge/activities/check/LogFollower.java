package dev.resurge.activities.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a log file from a mark on, as it grows, in constant memory. A file that was rotated or
 * truncated is read from its beginning.
 */
final class LogFollower {
  /** Of a longer line the rest is a line of its own; bounds what a pattern is run over, too. */
  private static final int LONGEST_LINE = 8 * 1024;

  private final Path file;
  private final List<Pattern> patterns;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long inode;
  private long position;

  LogFollower(Path file, LogMarks.Mark from, List<Pattern> patterns) {
    this.file = file;
    this.patterns = patterns;
    inode = from.inode();
    position = from.size();
  }

  /** The first whole line up to the file's present end that matches one of the patterns. */
  Optional<String> nextMatch() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var now = LogMarks.Mark.of(file);
    if (now.inode() != inode || now.size() < position) {
      inode = now.inode();
      position = 0;
      line.reset();
    }
    var buffer = ByteBuffer.allocate(64 * 1024);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int n = channel.read(buffer, position); n > 0; n = channel.read(buffer, position)) {
        position += n;
        var match = match(buffer.flip());
        if (match.isPresent()) {
          return match;
        }
        buffer.clear();
      }
    }
    return Optional.empty();
  }

  private Optional<String> match(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next != '\n') {
        line.write(next);
      }
      if (next == '\n' || line.size() == LONGEST_LINE) {
        var match = lastMatch();
        if (match.isPresent()) {
          return match;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether what has come of the line that is not at its end yet matches. */
  Optional<String> lastMatch() {
    var text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    return patterns.stream().anyMatch(p -> p.matcher(text).find())
        ? Optional.of(text)
        : Optional.empty();
  }
}
