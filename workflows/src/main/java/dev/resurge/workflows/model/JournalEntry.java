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
 * @param running in the first entry: the workloads that ran before anything was stopped
 * @param scope in the first entry: how much of the runbook it is about, and where it puts it
 */
public record JournalEntry(
    RunId run,
    int number,
    State state,
    Instant at,
    Optional<String> detail,
    Optional<Plan> plan,
    List<Swap> swaps,
    Optional<SetId> safetySet,
    Optional<List<String>> running,
    Optional<Scope> scope) {
  /** What the entry says. */
  public enum State {
    /** About to stop workloads; nothing has moved. */
    @JsonProperty("opened")
    OPENED("opened; workloads were about to be stopped"),
    /** In place: a safety set holds the live data, which is being removed. */
    @JsonProperty("removing")
    REMOVING("a safety set was made; the live data was about to be removed"),
    /** In place: restored copies stand where the live data was removed and get its name. */
    @JsonProperty("placing")
    PLACING("restored copies stood; they were about to get the live names"),
    /** A settle run took over and goes forward. */
    @JsonProperty("going-forward")
    GOING_FORWARD("going forward began"),
    /** Going back began; in place, which copies of the safety set get the live names. */
    @JsonProperty("going-back")
    GOING_BACK("going back began"),
    /** Over: restored and healthy. */
    @JsonProperty("settled-healthy")
    SETTLED_HEALTHY("settled: the restored data is live and healthy"),
    /** Over: the old data is live. */
    @JsonProperty("settled-back")
    SETTLED_BACK("settled: the old data is live");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /** What the entry says, for people. */
    public String words() {
      return words;
    }

    /** The word in the journal: {@code going-back}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether nothing is left to do after this entry. */
    public boolean settled() {
      return this == SETTLED_HEALTHY || this == SETTLED_BACK;
    }
  }

  @SuppressWarnings("OptionalAssignedToNull") // entries of earlier versions lack these fields
  public JournalEntry {
    swaps = List.copyOf(swaps);
    safetySet = safetySet == null ? Optional.empty() : safetySet;
    running = running == null ? Optional.empty() : running.map(List::copyOf);
    scope = scope == null ? Optional.empty() : scope;
  }
}
