package dev.resurge.workflows.runbook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.resurge.workflows.model.ByteSize;
import java.time.Duration;

/** How a restore goes about it. */
public record RestoreSettings(
    @JsonPropertyDescription(
            "beside: the copy is built and verified beside the live data, then swapped in; inPlace:"
                + " where there is no room for two copies, the live data is removed once a safety"
                + " set of it is stored. Default beside.")
        Strategy strategy,
    @JsonPropertyDescription(
            "before: the live data is backed up before the copy is built; after: once the restored"
                + " system is healthy, from what was retained, which is then removed. Default"
                + " before.")
        Safety safety,
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
  /** All defaults. */
  public static final RestoreSettings USUAL =
      new RestoreSettings(null, null, null, null, null, null, null);

  public RestoreSettings {
    strategy = strategy == null ? Strategy.BESIDE : strategy;
    safety = safety == null ? Safety.BEFORE : safety;
    cutOverBudget = cutOverBudget == null ? Duration.ofSeconds(60) : cutOverBudget;
    minimumFree = minimumFree == null ? ByteSize.parse("5GB") : minimumFree;
    spaceFactor = spaceFactor == null ? 2.0 : spaceFactor;
    clockSkew = clockSkew == null ? Duration.ofSeconds(30) : clockSkew;
    claimFor = claimFor == null ? Duration.ofHours(24) : claimFor;
  }

  /** Where the restored copy is built. */
  public enum Strategy {
    @JsonProperty("beside")
    BESIDE,
    @JsonProperty("inPlace")
    IN_PLACE
  }

  /** When the data that is replaced is put into a set of its own. */
  public enum Safety {
    @JsonProperty("before")
    BEFORE,
    @JsonProperty("after")
    AFTER
  }
}
