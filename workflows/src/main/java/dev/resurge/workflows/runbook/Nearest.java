package dev.resurge.workflows.runbook;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that was probably meant. */
public final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /** For the end of a message: the nearest word if one is near, else all there are. */
  public static String hint(String word, Collection<String> words, String all) {
    return find(word, words)
        .map(near -> "; did you mean '" + near + "'?")
        .orElseGet(() -> words.isEmpty() ? "" : "; " + all + " " + String.join(", ", words));
  }

  /** The nearest of the words, if it differs by a slip or two; upper case does not count. */
  public static Optional<String> find(String word, Collection<String> words) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    var allowed = Math.max(1, word.length() / 3);
    return words.stream()
        .filter(candidate -> distance(word, candidate) <= allowed)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  private static int distance(String left, String right) {
    var a = left.toLowerCase(Locale.ROOT);
    var b = right.toLowerCase(Locale.ROOT);
    var cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    var same = a.charAt(i - 1) == b.charAt(j - 1);
    var best =
        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    var swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
