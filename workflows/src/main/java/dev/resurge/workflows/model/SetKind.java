package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Why a set was made; retention and {@code latest} look at it. */
public enum SetKind {
  @JsonProperty("scheduled")
  SCHEDULED,
  @JsonProperty("manual")
  MANUAL,
  @JsonProperty("predeploy")
  PREDEPLOY,
  /** Of the live data, by a restore, before it replaces it; never {@code latest}. */
  @JsonProperty("safety")
  SAFETY;

  /** The word in manifests and commands. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
