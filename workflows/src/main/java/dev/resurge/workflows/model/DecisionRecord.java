package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.Optional;

/** A decision as it was received, refused ones too: evidence shows the attempt. */
public record DecisionRecord(
    Instant at,
    Decision.Kind kind,
    String code,
    Optional<String> choice,
    Person by,
    Optional<String> comment,
    boolean accepted,
    String answer) {}
