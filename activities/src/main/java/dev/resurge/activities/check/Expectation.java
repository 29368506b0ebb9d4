package dev.resurge.activities.check;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a query's value is compared with: {@code >= 1000}. Both sides are compared as numbers if
 * both are numbers, else as text.
 *
 * @param wanted the right side, without surrounding blanks and without one pair of single quotes
 */
record Expectation(Operator operator, String wanted) {
  private static final Pattern FORM =
      Pattern.compile("\\s*(=|!=|<=|>=|<|>)(?![=<>!])\\s*(.*?)\\s*");
  private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");

  /** How two values are compared. */
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    static Operator of(String symbol) {
      for (var operator : values()) {
        if (operator.symbol.equals(symbol)) {
          return operator;
        }
      }
      throw new IllegalArgumentException("no comparison: " + symbol);
    }

    boolean holds(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case GREATER -> order > 0;
        case AT_LEAST -> order >= 0;
      };
    }
  }

  /**
   * Reads {@code >= 1000} or {@code = 'ok'}.
   *
   * @throws IllegalArgumentException for anything else, with what is right
   */
  static Expectation parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches() || matcher.group(2).isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no comparison; write = 5, != 0, >= 1000, < 3, > 0 or <= 9");
    }
    return new Expectation(Operator.of(matcher.group(1)), unquoted(matcher.group(2)));
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** Whether {@code actual} is as expected. */
  boolean holds(String actual) {
    var left = number(actual);
    var right = number(wanted);
    int order =
        left.isPresent() && right.isPresent()
            ? left.get().compareTo(right.get())
            : actual.compareTo(wanted);
    return operator.holds(order);
  }

  private static Optional<BigDecimal> number(String text) {
    var stripped = text.strip();
    return NUMBER.matcher(stripped).matches()
        ? Optional.of(new BigDecimal(stripped))
        : Optional.empty();
  }
}
