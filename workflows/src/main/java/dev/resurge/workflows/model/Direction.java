package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

/** Which way an unsettled cut over is brought to its end. */
public enum Direction {
  /** To the restored data. */
  @JsonProperty("forward")
  FORWARD,
  /** To the old data. */
  @JsonProperty("back")
  BACK;

  /** Whether that word names a direction. */
  public static boolean isOne(String word) {
    return Arrays.stream(values()).anyMatch(d -> d.id().equals(word));
  }

  /** The word that is typed and answered: {@code forward}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
