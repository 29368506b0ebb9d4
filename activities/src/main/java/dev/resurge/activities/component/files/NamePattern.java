package dev.resurge.activities.component.files;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** The part of a {@link PathGlob} between two slashes. */
final class NamePattern {
  /** Stands for any number of names. */
  static final NamePattern FOLDERS = new NamePattern(List.of());

  private static final Pattern BYTE = Pattern.compile("%[0-9A-Fa-f]{2}");

  private final List<Part> symbols;

  private NamePattern(List<Part> symbols) {
    this.symbols = symbols;
  }

  /** A star, or what one symbol has to be. */
  private record Part(boolean star, IntPredicate wanted) {
    static Part any(boolean star) {
      return new Part(star, symbol -> true);
    }
  }

  /**
   * @throws IllegalArgumentException if a bracket is not closed
   */
  static NamePattern of(String part) {
    return new NamePattern(new Reading(part).read());
  }

  /** Whether the whole name is as it says. Goes back to the last star only, as globs may. */
  boolean matches(int[] name) {
    int at = 0;
    int next = 0;
    int star = -1;
    int resume = 0;
    while (at < name.length) {
      if (next < symbols.size() && symbols.get(next).star()) {
        star = next++;
        resume = at;
      } else if (next < symbols.size() && symbols.get(next).wanted().test(name[at])) {
        next++;
        at++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (next < symbols.size() && symbols.get(next).star()) {
      next++;
    }
    return next == symbols.size();
  }

  /** Turns the text into what each symbol has to be. */
  private static final class Reading {
    private final String part;
    private final List<Part> symbols = new ArrayList<>();
    private final ByteArrayOutputStream literal = new ByteArrayOutputStream();
    private int at;

    Reading(String part) {
      this.part = part;
    }

    List<Part> read() {
      while (at < part.length()) {
        switch (part.charAt(at)) {
          case '*' -> wildcard(Part.any(true));
          case '?' -> wildcard(Part.any(false));
          case '[' -> wildcard(new Part(false, oneOf()));
          case '%' -> percent();
          default -> character();
        }
      }
      flush();
      return List.copyOf(symbols);
    }

    private void wildcard(Part wanted) {
      flush();
      symbols.add(wanted);
      at++;
    }

    /** Bytes may be one character only together: {@code %C3%A4}. */
    private void flush() {
      for (int symbol : Symbols.of(literal.toByteArray())) {
        symbols.add(new Part(false, found -> found == symbol));
      }
      literal.reset();
    }

    private void percent() {
      if (BYTE.matcher(part).region(at, part.length()).lookingAt()) {
        literal.write(HexFormat.fromHexDigits(part, at + 1, at + 3));
        at += 3;
      } else {
        character();
      }
    }

    private void character() {
      if (part.charAt(at) == '\\' && at + 1 < part.length()) {
        at++;
      }
      var character = Character.toString(part.codePointAt(at));
      literal.writeBytes(character.getBytes(StandardCharsets.UTF_8));
      at += character.length();
    }

    /** {@code [a-z_]}, {@code [!0-9]}; a closing bracket that stands first is one of them. */
    private IntPredicate oneOf() {
      boolean not = part.startsWith("!", at + 1) || part.startsWith("^", at + 1);
      int from = at + (not ? 2 : 1);
      int to = part.indexOf(']', from + 1);
      if (to < 0) {
        throw new IllegalArgumentException("has a '[' without a ']'; write \\[ for the character");
      }
      at = to;
      var set = part.substring(from, to).codePoints().toArray();
      return symbol -> contains(set, symbol) != not;
    }

    private static boolean contains(int[] set, int symbol) {
      for (int i = 0; i < set.length; i++) {
        if (i + 2 < set.length && set[i + 1] == '-') {
          if (set[i] <= symbol && symbol <= set[i + 2]) {
            return true;
          }
          i += 2;
        } else if (set[i] == symbol) {
          return true;
        }
      }
      return false;
    }
  }
}
