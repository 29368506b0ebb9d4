package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.util.Optional;

/**
 * One check, what was expected and what was found.
 *
 * @param when {@code staged}, {@code healthy}, {@code set} or {@code store}
 * @param by who answered, for manual checks
 * @param severity how much it matters if it is a rule about sets; what the runbook or a driver asks
 *     has none, and always matters
 */
public record CheckResult(
    String check,
    String when,
    boolean passed,
    String expected,
    String actual,
    Duration took,
    Optional<Person> by,
    Optional<Severity> severity) {
  @JsonCreator
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public CheckResult {
    severity = severity == null ? Optional.empty() : severity;
  }

  /** One that the runbook or a driver asks. */
  public CheckResult(
      String check,
      String when,
      boolean passed,
      String expected,
      String actual,
      Duration took,
      Optional<Person> by) {
    this(check, when, passed, expected, actual, took, by, Optional.empty());
  }

  /** Whether it keeps a run from passing: not passed, and no mere warning. */
  public boolean fails() {
    return !passed && severity.map(Severity::fails).orElse(true);
  }

  /** Whether it did not pass and a run may pass all the same. */
  public boolean warns() {
    return !passed && !fails();
  }
}
