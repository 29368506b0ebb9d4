package dev.resurge.workflows.model;

import dev.resurge.workflows.model.JournalEntry.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where an unsettled cut over stands: what its journal says, what bears each component's names now,
 * and which workloads run.
 *
 * @param entries the journal, in order; never empty
 * @param components one for each that was being moved
 * @param running the names of the workloads that run now
 */
public record Standing(
    RunId run, List<JournalEntry> entries, List<Place> components, List<String> running) {
  public Standing {
    entries = List.copyOf(entries);
    components = List.copyOf(components);
    running = List.copyOf(running);
  }

  /**
   * One component.
   *
   * @param found which identity bears which name, for people; what to put right where {@code
   *     position} is {@code CHANGED}
   */
  public record Place(String component, Position position, String found) {}

  /** What was approved; empty only in a journal that no version of ours wrote. */
  public Optional<Plan> plan() {
    return entries.getFirst().plan();
  }

  /** What ran before anything was stopped, as far as it is known. */
  public List<String> ranBefore() {
    return entries.getFirst().running().or(() -> plan().map(Plan::workloads)).orElse(List.of());
  }

  /** How much of the runbook the cut over was about, and where it put it. */
  public Scope scope() {
    return entries.getFirst().scope().orElse(Scope.WHOLE);
  }

  /** The swaps of the way forward, as far as they were worked out. */
  public List<Swap> swaps() {
    return entries.stream()
        .filter(e -> e.state() != State.GOING_BACK && !e.swaps().isEmpty())
        .reduce((first, last) -> last)
        .map(JournalEntry::swaps)
        .orElse(List.of());
  }

  /** In place: the swaps by which the way back was giving the safety set's copies their names. */
  public List<Swap> swapsBack() {
    return entries.stream()
        .filter(e -> e.state() == State.GOING_BACK)
        .flatMap(e -> e.swaps().stream())
        .toList();
  }

  /** In place: the set that holds what was removed; empty as long as nothing may be gone. */
  public Optional<SetId> safetySet() {
    return entries.stream().flatMap(e -> e.safetySet().stream()).reduce((first, last) -> last);
  }

  /** Whether it is over. */
  public boolean settled() {
    return entries.getLast().state().settled();
  }

  /** Whether every component's live name is borne by the restored data. */
  public boolean restoredIsLive() {
    return all(Position.AFTER);
  }

  private boolean all(Position position) {
    return !components.isEmpty() && components.stream().allMatch(c -> c.position() == position);
  }

  private boolean any(Position position) {
    return components.stream().anyMatch(c -> c.position() == position);
  }

  private boolean inPlace() {
    return plan().filter(Plan::inPlace).isPresent();
  }

  /** Whether nothing was there before. */
  private boolean rebuilt() {
    return plan().filter(Plan::rebuilds).isPresent();
  }

  private boolean wentBack() {
    return entries.stream().anyMatch(e -> e.state() == State.GOING_BACK);
  }

  /**
   * The directions that lead to a whole system, whatever happened. A rejected copy is never used
   * again; and where there is no room to keep it, data that the application runs on is not removed.
   */
  public List<Direction> possible() {
    var possible = new ArrayList<Direction>();
    if (settled() || plan().isEmpty() || any(Position.CHANGED)) {
      return List.of();
    }
    if (!wentBack() && !any(Position.BACK) && !(inPlace() && safetySet().isEmpty())) {
      possible.add(Direction.FORWARD);
    }
    if (!(inPlace() && restoredIsLive() && !wentBack() && !running.isEmpty())) {
      possible.add(Direction.BACK);
    }
    return List.copyOf(possible);
  }

  /** The journal's story, one line for each entry. */
  public List<String> story() {
    return entries.stream()
        .map(e ->
            "journal entry %d, %s: %s%s"
                .formatted(
                    e.number(),
                    e.at(),
                    e.state().words(),
                    e.detail().map(d -> " (" + d + ")").orElse("")))
        .toList();
  }

  /** Where things stand, one line for each component and one for the workloads. */
  public List<String> words() {
    var lines = new ArrayList<String>();
    components.forEach(
        c -> lines.add(c.component() + ": " + said(c.position()) + "; " + c.found()));
    lines.add(running.isEmpty() ? "no workload runs" : "running: " + String.join(", ", running));
    return List.copyOf(lines);
  }

  private String said(Position position) {
    return switch (position) {
      case BEFORE ->
          rebuilt()
              ? "nothing is live yet, as before the cut over"
              : "the old data is live, as before the cut over";
      case BETWEEN -> "in between, in a state that a cut over passes through";
      case AFTER -> "the restored data is live";
      case BACK ->
          rebuilt()
              ? "nothing is live again, the restored copy was put aside"
              : "the old data is live again, the restored copy was put aside";
      case CHANGED -> "NEITHER AS PLANNED NOR IN ANY STATE THAT A CUT OVER PASSES THROUGH";
    };
  }

  /** What each direction would do, what it gives up, and what keeps one from being offered. */
  public List<String> choices() {
    if (plan().isEmpty()) {
      return List.of("the journal holds no plan: nothing here knows what it was about");
    }
    if (any(Position.CHANGED)) {
      return List.of(byHand());
    }
    var possible = possible();
    var lines = new ArrayList<String>();
    lines.add(
        possible.contains(Direction.FORWARD)
            ? "forward: the restored data "
                + (restoredIsLive() ? "stays live" : "becomes live")
                + ", what ran before runs on it and is checked"
                + (rebuilt() ? "" : ", and the old data is kept")
                + "; not healthy, it goes back by itself"
            : "forward is not possible: " + whyNotForward());
    lines.add(
        possible.contains(Direction.BACK)
            ? (rebuilt()
                    ? "back: the names are free again, for nothing bore them before"
                    : "back: the old data becomes live, and what ran before runs again")
                + givesUp()
            : "back is not offered: the application runs on the restored data and there is no room"
                + " to keep what it has written; settle forward, then restore the safety set");
    return List.copyOf(lines);
  }

  private String whyNotForward() {
    return wentBack() || any(Position.BACK)
        ? "going back had begun, and a rejected copy is never used again"
        : "nothing was removed yet; settle back, then restore again";
  }

  private String givesUp() {
    if (components.stream().noneMatch(c -> c.position() == Position.AFTER)) {
      return "";
    }
    return inPlace()
        ? "; what was written to the restored data since is lost"
        : "; what was written to the restored data since stays in the rejected copy only";
  }

  /** What a person has to do where no direction is known to be safe. */
  private String byHand() {
    return "somebody else changed names or data of "
        + components.stream()
            .filter(c -> c.position() == Position.CHANGED)
            .map(Place::component)
            .collect(Collectors.joining(", "))
        + ": no direction is known to be safe, and nothing is moved. Stop the workloads, put the"
        + " names back so that each identity bears a name it had before or after the cut over, then"
        + " retry, which looks again";
  }
}
