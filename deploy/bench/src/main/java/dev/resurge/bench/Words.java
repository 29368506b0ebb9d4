package dev.resurge.bench;

import java.util.HashSet;
import java.util.random.RandomGenerator;

/**
 * Text that compresses as prose does: words of a vocabulary, the frequent ones as frequent as in
 * any language (Zipf's law). The same seed gives the same text.
 */
final class Words {
  private static final int VOCABULARY = 12_000;
  private static final int CHOICES = 1 << 16;
  private static final String[] ONSETS = {
    "b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl",
    "qu", "r", "s", "sh", "st", "t", "th", "tr", "v", "w", "y", "z"
  };
  private static final String[] VOWELS = {"a", "e", "i", "o", "u", "ea", "ou", "ie"};
  private static final String[] CODAS = {"", "", "n", "r", "s", "t", "l", "nd", "st", "ng", "m"};

  /** Each word as often as it is used, so that drawing one is one look-up. */
  private final String[] choices = new String[CHOICES];

  private final RandomGenerator random;

  /** Draws from {@code random}. */
  Words(RandomGenerator random) {
    this.random = random;
    var vocabulary = vocabulary(random);
    double total = 0;
    for (int rank = 1; rank <= VOCABULARY; rank++) {
      total += 1.0 / rank;
    }
    int filled = 0;
    double sum = 0;
    for (int rank = 1; rank <= VOCABULARY; rank++) {
      sum += 1.0 / rank;
      for (int end = (int) Math.round(sum / total * CHOICES); filled < end; filled++) {
        choices[filled] = vocabulary[rank - 1];
      }
    }
  }

  private static String[] vocabulary(RandomGenerator random) {
    var words = new String[VOCABULARY];
    var known = new HashSet<String>();
    for (int rank = 0; rank < VOCABULARY; ) {
      // frequent words are short
      int syllables = 1 + random.nextInt(rank < 100 ? 1 : rank < 2000 ? 2 : 4);
      var word = new StringBuilder();
      for (int n = 0; n < syllables; n++) {
        word.append(any(ONSETS, random)).append(any(VOWELS, random)).append(any(CODAS, random));
      }
      if (known.add(word.toString())) {
        words[rank++] = word.toString();
      }
    }
    return words;
  }

  private static String any(String[] parts, RandomGenerator random) {
    return parts[random.nextInt(parts.length)];
  }

  /** One word. */
  String next() {
    return choices[random.nextInt() & (CHOICES - 1)];
  }

  /** Appends sentences of so many characters or a word more. */
  void prose(StringBuilder text, int length) {
    int end = text.length() + length;
    int left = 0;
    while (text.length() < end) {
      if (left == 0) {
        left = 6 + random.nextInt(14);
        int start = text.length();
        text.append(next());
        text.setCharAt(start, Character.toUpperCase(text.charAt(start)));
      } else {
        text.append(next());
      }
      text.append(--left == 0 ? ". " : " ");
    }
    text.setLength(text.length() - 1);
  }
}
