package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a run is about to do with a target; preflight looks for what would stand in its way. */
public enum Intent {
  /** Read the live data into a set. */
  @JsonProperty("capture")
  CAPTURE,
  /** Read a set back; no target is looked at. */
  @JsonProperty("read")
  READ,
  /** Build a copy beside the live data, look at it and remove it. */
  @JsonProperty("stage")
  STAGE,
  /** Build a copy beside the live data, if there is any, and let it take its place. */
  @JsonProperty("replace")
  REPLACE,
  /** Build where nothing is, what belongs around the data included. */
  @JsonProperty("rebuild")
  REBUILD;

  /** Whether a copy is built, which takes room and rights. */
  public boolean stages() {
    return this == STAGE || replaces();
  }

  /** Whether a copy becomes the live data. */
  public boolean replaces() {
    return this == REPLACE || this == REBUILD;
  }
}
