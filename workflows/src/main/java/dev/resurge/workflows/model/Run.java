package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a procedure, as every activity of it gets it. It carries the runbook's text as it was
 * read at the start, so that an edit of the file in the middle changes nothing.
 *
 * @param runbookDigest sha256 of the text, in hex
 * @param requested when the run began, by Temporal's clock
 * @param declared when the outage began, if the caller said so
 * @param scope how much of the runbook it is about, and where it puts it
 */
public record Run(
    RunId id,
    Procedure procedure,
    String system,
    String runbookText,
    String runbookDigest,
    Person requester,
    Optional<String> reason,
    Instant requested,
    Optional<Instant> declared,
    Scope scope) {
  public Run {
    scope = scope == null ? Scope.WHOLE : scope;
  }
}
