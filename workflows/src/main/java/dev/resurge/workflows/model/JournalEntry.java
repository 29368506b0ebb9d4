package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One numbered entry of a cut over's journal. The first holds all that walking forward or back
 * needs; the journal is settled once an entry says so.
 *
 * @param plan in the first entry
 * @param swaps in the first entry; in place, in the one that says that copies are being placed
 * @param safetySet in place, the set that holds what is being removed
 */
public record JournalEntry(
    RunId run,
    int number,
    State state,
    Instant at,
    Optional<String> detail,
    Optional<Plan> plan,
    List<Swap> swaps,
    Optional<SetId> safetySet) {
  /** What the entry says. */
  public enum State {
    /** About to stop workloads; nothing has moved. */
    @JsonProperty("opened")
    OPENED,
    /** In place: a safety set holds the live data, which is being removed. */
    @JsonProperty("removing")
    REMOVING,
    /** In place: restored copies stand where the live data was removed and get its name. */
    @JsonProperty("placing")
    PLACING,
    /** Going back began. */
    @JsonProperty("going-back")
    GOING_BACK,
    /** Over: restored and healthy. */
    @JsonProperty("settled-healthy")
    SETTLED_HEALTHY,
    /** Over: the old data is live. */
    @JsonProperty("settled-back")
    SETTLED_BACK;

    /** The word in the journal: {@code going-back}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether nothing is left to do after this entry. */
    public boolean settled() {
      return this == SETTLED_HEALTHY || this == SETTLED_BACK;
    }
  }

  public JournalEntry {
    swaps = List.copyOf(swaps);
    safetySet = safetySet == null ? Optional.empty() : safetySet;
  }
}
