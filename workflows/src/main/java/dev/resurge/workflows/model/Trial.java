package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What trying a set showed, in the fields of guide 003's restore test report. Who, when and which
 * set are the evidence's own fields.
 *
 * @param verification whether the copies are what was counted at capture
 * @param checks whether the runbook's own checks of staged copies passed
 * @param staged from the beginning until all copies stood complete
 * @param verified from the beginning until they were verified and checked: recovery takes at least
 *     this long; empty unless all of it passed
 * @param issues what went wrong, one line each
 * @param actions what somebody has to do now, one line each
 * @param nextDue when the next try is due, by the runbook
 */
public record Trial(
    List<Part> parts,
    Outcome verification,
    Outcome checks,
    Optional<Duration> staged,
    Optional<Duration> verified,
    List<String> issues,
    List<String> actions,
    TearDown tearDown,
    Optional<Instant> nextDue) {
  public Trial {
    parts = List.copyOf(parts);
    issues = List.copyOf(issues);
    actions = List.copyOf(actions);
  }

  /** How one question was answered. */
  public enum Outcome {
    @JsonProperty("passed")
    PASSED,
    @JsonProperty("failed")
    FAILED,
    /** Nobody asked it: something before it failed, or there is nothing to ask. */
    @JsonProperty("not-done")
    NOT_DONE
  }

  /**
   * One component.
   *
   * @param place the database or directory it was restored to
   * @param took how long that took; components are restored side by side
   */
  public record Part(
      String component,
      Outcome restored,
      Optional<String> place,
      Optional<ByteSize> size,
      Optional<Duration> took) {}

  /**
   * How it was cleared away.
   *
   * @param proved the components of which nothing was found afterwards
   * @param left what could not be removed or not be looked for, one line each
   */
  public record TearDown(List<String> proved, List<String> left) {
    public TearDown {
      proved = List.copyOf(proved);
      left = List.copyOf(left);
    }
  }
}
