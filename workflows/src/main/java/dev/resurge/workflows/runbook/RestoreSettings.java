package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.resurge.workflows.model.ByteSize;
import java.time.Duration;

/** How a restore goes about it. */
public record RestoreSettings(
    @JsonPropertyDescription("Bounds quiesce to healthy; then it swaps back. Default 60s.")
        Duration cutOverBudget,
    @JsonPropertyDescription("Room that must stay free beside the copy. Default 5GB.")
        ByteSize minimumFree,
    @Between(least = 0.1, most = 100)
        @JsonPropertyDescription("Room required, as a multiple of the data's size. Default 2.")
        Double spaceFactor,
    @JsonPropertyDescription("Clocks may differ by this much. Default 30s.") Duration clockSkew,
    @JsonPropertyDescription("How long claims on sets last at most. Default 24h.")
        Duration claimFor) {
  public RestoreSettings {
    cutOverBudget = cutOverBudget == null ? Duration.ofSeconds(60) : cutOverBudget;
    minimumFree = minimumFree == null ? ByteSize.parse("5GB") : minimumFree;
    spaceFactor = spaceFactor == null ? 2.0 : spaceFactor;
    clockSkew = clockSkew == null ? Duration.ofSeconds(30) : clockSkew;
    claimFor = claimFor == null ? Duration.ofHours(24) : claimFor;
  }
}
