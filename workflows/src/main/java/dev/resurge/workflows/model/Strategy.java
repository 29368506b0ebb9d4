package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a component's live data and of the restored copy. */
public enum Strategy {
  @JsonProperty("swapped")
  SWAPPED("built and verified beside the live data, then swapped in; the live data is kept"),
  @JsonProperty("placed")
  PLACED("built and verified where nothing is, then given its name; nothing is replaced"),
  @JsonProperty("in-place")
  IN_PLACE(
      "the live data is removed after a safety set of it is stored, then the set is loaded: the"
          + " system is down meanwhile, and going back means loading the safety set"),
  @JsonProperty("swapped-again")
  SWAPPED_AGAIN("what was replaced before is swapped in again as it is; the live data is kept");

  private final String words;

  Strategy(String words) {
    this.words = words;
  }

  /** For plans: what is done, and what it guarantees. */
  public String words() {
    return words;
  }
}
