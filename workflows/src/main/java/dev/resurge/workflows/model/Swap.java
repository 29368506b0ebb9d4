package dev.resurge.workflows.model;

import java.util.Optional;

/**
 * One component's swap: which thing is to bear the live name afterwards. Written to the journal
 * before anything moves; every attempt compares the world with it.
 *
 * @param liveName what the application uses, before and after
 * @param live the identity that bears it before; empty if nothing does, and nothing is retained
 * @param predecessor whose heir the restored data is: the old data, else what the set was captured
 *     from
 * @param stagedName where the restored copy stands
 * @param staged the identity that bears the live name afterwards
 * @param retainedName what the old data is called afterwards
 * @param rejectedName what the restored copy is called after a swap-back
 */
public record Swap(
    String component,
    String liveName,
    Optional<TargetIdentity> live,
    TargetIdentity predecessor,
    String stagedName,
    TargetIdentity staged,
    String retainedName,
    String rejectedName) {}
