package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The moments that recovery is measured by. What did not happen is empty, never guessed.
 *
 * @param declared the outage began, as the caller said
 * @param requested the run began
 * @param approved the last approval needed was given
 * @param staged the restored copy stood complete
 * @param quiesced the stop of the workloads began
 * @param cutOver the swap was done
 * @param healthy the health checks passed
 * @param verified everything after that was done
 */
public record Clocks(
    Optional<Instant> declared,
    Instant requested,
    Optional<Instant> approved,
    Optional<Instant> staged,
    Optional<Instant> quiesced,
    Optional<Instant> cutOver,
    Optional<Instant> healthy,
    Optional<Instant> verified) {}
