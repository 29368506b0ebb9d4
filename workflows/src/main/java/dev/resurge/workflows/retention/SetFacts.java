package dev.resurge.workflows.retention;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a committed set whose manifest is believed.
 *
 * @param schedule that made it, as its label says
 * @param components what it holds
 * @param recoveryPoint the moment that its data is of, by the data's own clock
 * @param verified whether it was read back or restored, and found whole
 * @param bad why it was marked bad
 * @param holds what needs it
 */
public record SetFacts(
    SetId set,
    SetKind kind,
    Optional<String> schedule,
    Set<String> components,
    Instant recoveryPoint,
    ByteSize stored,
    boolean verified,
    Optional<String> bad,
    List<Hold> holds) {
  /** Newest data first. */
  static final Comparator<SetFacts> NEWEST_FIRST =
      Comparator.comparing(SetFacts::recoveryPoint).thenComparing(SetFacts::set).reversed();

  public SetFacts {
    components = Set.copyOf(components);
    holds = List.copyOf(holds);
  }

  /** Whether it holds whatever the other does. */
  boolean covers(Set<String> others) {
    return components.containsAll(others);
  }

  /** Whether it may be relied on, as far as anybody knows. */
  boolean good() {
    return bad.isEmpty();
  }

  /** What a mark means for the rules. */
  static String badWords(String why) {
    return "marked bad, so that no rule counts it: " + why;
  }

  /** Sets of one group compete for the same places. */
  Group group() {
    return new Group(kind, schedule, components);
  }

  /** The sets of one schedule, or of one kind without one, that hold the same components. */
  record Group(SetKind kind, Optional<String> schedule, Set<String> components) {
    /** For people: {@code schedule nightly}, {@code manual}. */
    String describe() {
      return schedule.map(name -> "schedule " + name).orElse(kind.id());
    }
  }
}
