package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How soon somebody must look at a rule that is broken: the words of guide 003's escalation. */
public enum Severity {
  /** At once: without this set, or with this set, nothing can be brought back. */
  @JsonProperty("critical")
  CRITICAL,
  /** Within the hour. */
  @JsonProperty("high")
  HIGH,
  /** When there is time. */
  @JsonProperty("medium")
  MEDIUM,
  /** Keep an eye on it. */
  @JsonProperty("low")
  LOW;

  /** Whether a run that finds it cannot pass; the others are warnings. */
  public boolean fails() {
    return this == CRITICAL;
  }

  /** The word in reports. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
