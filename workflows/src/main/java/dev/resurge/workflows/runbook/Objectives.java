package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.Optional;

/** What recovery must reach. An objective that is not set is reported as not measured. */
public record Objectives(
    @JsonPropertyDescription("Recovery time: declared (or requested) to healthy.")
        Optional<Duration> rto,
    @JsonPropertyDescription("Recovery point: declared (or requested) less the data's own time.")
        Optional<Duration> rpo,
    @JsonPropertyDescription("Quiesced to healthy.") Optional<Duration> downtime) {
  static final Objectives NONE =
      new Objectives(Optional.empty(), Optional.empty(), Optional.empty());

  public Objectives {
    rto = Runbook.orEmpty(rto);
    rpo = Runbook.orEmpty(rpo);
    downtime = Runbook.orEmpty(downtime);
  }
}
