package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.RawName;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;

/** The few paths of a set that are most like a glob that chooses none: same beginning, same end. */
final class NearestPaths {
  private static final int FEW = 3;
  private static final Comparator<Near> NEAREST_FIRST =
      Comparator.comparingInt(Near::likeness)
          .reversed()
          .thenComparingInt(near -> near.path().length())
          .thenComparing(Near::path);

  private final PathGlob glob;
  private final String literal;
  private final PriorityQueue<Near> best = new PriorityQueue<>(NEAREST_FIRST.reversed());

  NearestPaths(PathGlob glob) {
    this.glob = glob;
    this.literal = glob.literal().toLowerCase(Locale.ROOT);
  }

  private record Near(String path, int likeness) {}

  /** Takes it if it is nearer than those taken so far. */
  void offer(RawName path) {
    if (path.equals(RawName.of("."))) {
      return;
    }
    var readable = Symbols.readable(path);
    best.add(new Near(readable, likeness(readable.toLowerCase(Locale.ROOT))));
    if (best.size() > FEW) {
      best.remove();
    }
  }

  private int likeness(String path) {
    int shorter = Math.min(path.length(), literal.length());
    int same = 0;
    while (same < shorter && path.charAt(same) == literal.charAt(same)) {
      same++;
    }
    int end = 0;
    while (end < shorter - same
        && path.charAt(path.length() - 1 - end) == literal.charAt(literal.length() - 1 - end)) {
      end++;
    }
    return same + end;
  }

  /** For the end of a sentence: the glob, and what there is. */
  String words() {
    if (best.isEmpty()) {
      return "'" + glob.text() + "' (it is empty)";
    }
    return "'%s' (nearest: %s)"
        .formatted(
            glob.text(),
            String.join(", ", best.stream().sorted(NEAREST_FIRST).map(Near::path).toList()));
  }
}
