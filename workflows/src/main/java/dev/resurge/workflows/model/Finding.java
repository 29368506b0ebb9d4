package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One thing that preflight found. All findings are reported at once. */
public record Finding(Severity severity, ErrorType type, String subject, String message) {
  /** What a finding means for the run. */
  public enum Severity {
    /** Nothing is started. */
    @JsonProperty("error")
    ERROR,
    /** Said in the plan; the run goes on. */
    @JsonProperty("warning")
    WARNING
  }

  /** A finding that refuses the run. */
  public static Finding error(ErrorType type, String subject, String message) {
    return new Finding(Severity.ERROR, type, subject, message);
  }

  /** A finding that a person should know. */
  public static Finding warning(ErrorType type, String subject, String message) {
    return new Finding(Severity.WARNING, type, subject, message);
  }
}
