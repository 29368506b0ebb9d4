package dev.resurge.workflows.model;

import java.util.Optional;

/**
 * What a run answers at its end. A run started under another id than its canonical one answers
 * where the canonical run is, and nothing else.
 *
 * @param evidence the report's key in the store, without its ending
 */
public record RunResult(
    Optional<RunId> run,
    Optional<Verdict> verdict,
    String summary,
    Optional<SetId> set,
    Optional<String> evidence,
    Optional<Evidence.Failure> failure,
    Clocks clocks,
    Optional<String> handedOverTo) {}
