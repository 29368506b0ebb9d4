package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What a run waits for from people.
 *
 * @param code what the answer must name
 * @param choices the answers there are
 */
public record Question(Kind kind, String code, String text, List<String> choices, Instant since) {
  /** Which command answers it. */
  public enum Kind {
    @JsonProperty("approval")
    APPROVAL,
    @JsonProperty("parked")
    PARKED,
    @JsonProperty("manual")
    MANUAL,
    /** Answered by who may approve, as many as must: which way an unsettled cut over goes. */
    @JsonProperty("direction")
    DIRECTION
  }

  public Question {
    choices = List.copyOf(choices);
  }
}
