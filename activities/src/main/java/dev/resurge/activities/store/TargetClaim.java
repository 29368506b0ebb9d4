package dev.resurge.activities.store;

import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.TargetIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whose a target is.
 *
 * @param heirOf the targets that it took the place of, oldest first; more than one only where an
 *     identity was used again, as file systems without birth times do with inodes
 * @param run that made it an heir, the last one
 */
public record TargetClaim(
    TargetIdentity identity,
    String system,
    String installation,
    Instant since,
    List<TargetIdentity> heirOf,
    Optional<RunId> run) {
  public TargetClaim {
    heirOf = List.copyOf(heirOf);
  }

  /** The owner as markers and messages name it. */
  public Owner owner() {
    return new Owner(system, installation);
  }
}
