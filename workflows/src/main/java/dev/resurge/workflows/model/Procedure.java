package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The procedures that people start. Their workflow ids are their locks. */
public enum Procedure {
  @JsonProperty("backup")
  BACKUP,
  @JsonProperty("restore")
  RESTORE,
  @JsonProperty("verify")
  VERIFY,
  @JsonProperty("prune")
  PRUNE,
  @JsonProperty("recover")
  RECOVER,
  @JsonProperty("drill")
  DRILL,
  @JsonProperty("settle")
  SETTLE;

  /** Whether it brings a system back, so that recovery time and point are measured. */
  public boolean recovers() {
    return this == RESTORE || this == RECOVER;
  }

  /** The word in ids, file names and commands: {@code restore}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The workflow type's name: {@code Restore}. */
  public String workflowType() {
    return name().charAt(0) + id().substring(1);
  }

  /** The canonical workflow id, which is the lock: {@code library/restore}. */
  public String workflowId(String system) {
    return system + "/" + id();
  }

  /** The id that every child that reads or swaps a system's data runs under: its data lock. */
  public static String dataLock(String system) {
    return system + "/data";
  }
}
