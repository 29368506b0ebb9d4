package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * How many sets stay. A day, a week, a month or a year is one that has a set, so that nothing goes
 * only because backups have stopped; its newest good set stays.
 */
public record Keep(
    @Between(least = 0, most = 10_000) @JsonPropertyDescription("The newest sets. Default 0.")
        Integer last,
    @Between(least = 0, most = 10_000)
        @JsonPropertyDescription("The newest set of each of so many days. Default 0.")
        Integer daily,
    @Between(least = 0, most = 10_000)
        @JsonPropertyDescription("The same for weeks, which begin on Monday (ISO 8601). Default 0.")
        Integer weekly,
    @Between(least = 0, most = 10_000) @JsonPropertyDescription("The same for months. Default 0.")
        Integer monthly,
    @Between(least = 0, most = 10_000) @JsonPropertyDescription("The same for years. Default 0.")
        Integer yearly) {
  /** What stays of what the runbook says nothing more about. */
  public static final Keep USUAL = new Keep(7, 14, 8, 12, 3);

  public Keep {
    last = last == null ? 0 : last;
    daily = daily == null ? 0 : daily;
    weekly = weekly == null ? 0 : weekly;
    monthly = monthly == null ? 0 : monthly;
    yearly = yearly == null ? 0 : yearly;
  }

  boolean keepsNothing() {
    return last + daily + weekly + monthly + yearly == 0;
  }
}
