package dev.resurge.activities.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A schedule as Temporal keeps it.
 *
 * @param digest of the {@link WantedSchedule} that it was made from
 * @param note why it is paused, if somebody said so
 * @param next when it begins next; empty if it is paused or never comes again
 * @param last when it last began
 * @param running the workflows that it has running
 * @param skipped how often it did not begin as the one before still ran
 * @param missed how often it was too late to catch up
 */
public record KeptSchedule(
    String system,
    String name,
    String digest,
    boolean paused,
    Optional<String> note,
    Optional<Instant> next,
    Optional<Instant> last,
    List<String> running,
    long skipped,
    long missed) {
  public KeptSchedule {
    running = List.copyOf(running);
  }

  /** Whether it is kept as it is wanted. */
  public boolean isOf(WantedSchedule wanted) {
    return digest.equals(wanted.digest());
  }

  /** Its name in Temporal. */
  public String id() {
    return WantedSchedule.id(system, name);
  }
}
