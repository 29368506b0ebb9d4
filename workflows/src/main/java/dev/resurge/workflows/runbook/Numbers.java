package dev.resurge.workflows.runbook;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Numbers as YAML 1.2's core schema writes them: {@code 8, 0x1F, 0o17, 2.5}. */
final class Numbers {
  // so that 1e999999999 is no work
  private static final int LONGEST = 18;

  private Numbers() {}

  /** The value; empty for what is no number ({@code .inf}) or far out of every range. */
  static Optional<BigDecimal> read(YamlNode.Scalar scalar) {
    var text = scalar.text();
    if (text.length() > LONGEST || text.matches(".*[eE].*[0-9]{3}")) {
      return Optional.empty();
    }
    try {
      if (text.startsWith("0x")) {
        return Optional.of(new BigDecimal(new BigInteger(text.substring(2), 16)));
      }
      if (text.startsWith("0o")) {
        return Optional.of(new BigDecimal(new BigInteger(text.substring(2), 8)));
      }
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** For messages: {@code 1}, {@code 0.1}. */
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
