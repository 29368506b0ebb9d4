package dev.resurge.starter.runs;

import dev.resurge.workflows.model.TransferProgress;
import java.util.Optional;

/**
 * An activity that Temporal has under way.
 *
 * @param id unique among the activities of a moment
 * @param activity its type's name
 * @param attempt from 1
 * @param progress what its last heartbeat said
 * @param lastFailure why the attempt before this one failed
 */
public record Transfer(
    String id,
    String activity,
    int attempt,
    Optional<TransferProgress> progress,
    Optional<String> lastFailure) {}
