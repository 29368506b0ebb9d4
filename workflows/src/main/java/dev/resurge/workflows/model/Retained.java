package dev.resurge.workflows.model;

/**
 * Data that was kept: the old data after a restore, or the rejected copy after a swap-back.
 *
 * @param why {@code replaced} or {@code rejected}
 */
public record Retained(
    String component, String name, TargetIdentity identity, String why, RunId run, ByteSize size) {}
