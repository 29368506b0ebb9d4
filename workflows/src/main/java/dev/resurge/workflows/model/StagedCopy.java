package dev.resurge.workflows.model;

/**
 * A component's restored data, standing complete beside the live data.
 *
 * @param name the database or directory it stands in
 */
public record StagedCopy(String component, String name, TargetIdentity identity, ByteSize size) {}
