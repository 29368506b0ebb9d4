package dev.resurge.workflows.model;

import java.time.Duration;
import java.util.Optional;

/**
 * One check, what was expected and what was found.
 *
 * @param when {@code staged}, {@code healthy} or {@code set}
 * @param by who answered, for manual checks
 */
public record CheckResult(
    String check,
    String when,
    boolean passed,
    String expected,
    String actual,
    Duration took,
    Optional<Person> by) {}
