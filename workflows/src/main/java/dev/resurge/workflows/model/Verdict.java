package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a run ended, for people, evidence and exit codes. */
public enum Verdict {
  @JsonProperty("pass")
  PASS(0),
  @JsonProperty("fail-objective")
  FAIL_OBJECTIVE(8),
  @JsonProperty("fail-integrity")
  FAIL_INTEGRITY(4),
  @JsonProperty("swapped-back")
  SWAPPED_BACK(6),
  @JsonProperty("refused")
  REFUSED(3),
  @JsonProperty("rejected")
  REJECTED(7),
  @JsonProperty("aborted")
  ABORTED(7),
  @JsonProperty("failed")
  FAILED(5);

  private final int exitCode;

  Verdict(int exitCode) {
    this.exitCode = exitCode;
  }

  /** What the command line exits with. */
  public int exitCode() {
    return exitCode;
  }

  /** The word in evidence and search attributes: {@code swapped-back}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
