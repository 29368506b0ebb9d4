package dev.resurge.workflows.runbook;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a query's one value must be: {@code >= 1000}.
 *
 * @param operator how it is compared
 * @param value what it is compared with, as written after the operator
 */
public record Expectation(Operator operator, String value) {

  /** How two values are compared. */
  public enum Operator {
    NOT_EQUAL("!="),
    AT_MOST("<="),
    AT_LEAST(">="),
    EQUAL("="),
    LESS("<"),
    MORE(">");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** As the runbook writes it: {@code >=}. */
    public String sign() {
      return sign;
    }

    private boolean holds(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case MORE -> order > 0;
        case AT_LEAST -> order >= 0;
      };
    }
  }

  /**
   * Reads {@code = 5}, {@code != 0}, {@code >= 1000}.
   *
   * @throws IllegalArgumentException for anything else, saying what is right
   */
  public static Expectation parse(String text) {
    Form.COMPARISON
        .fault(text)
        .ifPresent(fault -> {
          throw new IllegalArgumentException(fault);
        });
    // operators of two signs come first in the enum, so that '<=' is not read as '<'
    var operator =
        Arrays.stream(Operator.values())
            .filter(candidate -> text.startsWith(candidate.sign()))
            .findFirst()
            .orElseThrow();
    return new Expectation(operator, text.substring(operator.sign().length()).strip());
  }

  /**
   * Whether the value a query returned is as expected. Numbers are compared as numbers ({@code 5}
   * equals {@code 5.0}); other text only by {@code =} and {@code !=}. A value that is no number is
   * neither more nor less than one.
   */
  public boolean holds(String actual) {
    var left = number(actual);
    var right = number(value);
    if (left.isPresent() && right.isPresent()) {
      return operator.holds(left.get().compareTo(right.get()));
    }
    return switch (operator) {
      case EQUAL -> actual.equals(value);
      case NOT_EQUAL -> !actual.equals(value);
      default -> false;
    };
  }

  /** As the runbook writes it. */
  @Override
  public String toString() {
    return operator.sign() + " " + value;
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
