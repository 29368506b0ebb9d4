package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code {"runbook":"library"}} is enough; the rest has defaults.
 *
 * @param set a set id or {@code latest}
 */
public record VerifyInput(
    String runbook,
    String set,
    Level level,
    Optional<String> reason,
    Optional<Person> requester,
    Optional<String> schedule)
    implements ProcedureInput {
  @SuppressWarnings("OptionalAssignedToNull") // Jackson hands null for a field that is not there
  public VerifyInput {
    set = set == null ? RestoreInput.LATEST : set;
    level = level == null ? Level.CHECKSUM : level;
    reason = reason == null ? Optional.empty() : reason;
    requester = requester == null ? Optional.empty() : requester;
    schedule = schedule == null ? Optional.empty() : schedule;
  }

  /** That somebody asks for. */
  public VerifyInput(
      String runbook,
      String set,
      Level level,
      Optional<String> reason,
      Optional<Person> requester) {
    this(runbook, set, level, reason, requester, Optional.empty());
  }

  /** How far a proof goes. */
  public enum Level {
    /** Every byte is read back, decoded and listed. */
    @JsonProperty("checksum")
    CHECKSUM,
    /** The same, then the set is restored beside the live data, checked, and removed again. */
    @JsonProperty("restore")
    RESTORE;

    /** The word in commands. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
