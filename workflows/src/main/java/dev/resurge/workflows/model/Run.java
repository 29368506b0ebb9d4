package dev.resurge.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run of a procedure, as every activity of it gets it. It carries the runbook's text as it was
 * read at the start, so that an edit of the file in the middle changes nothing.
 *
 * @param runbookDigest sha256 of the text, in hex
 * @param requested when the run began, by Temporal's clock
 * @param declared when the outage began, if the caller said so
 * @param continues runs of the same procedure that ended without cleaning up; what they staged is
 *     this run's now
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
    Scope scope,
    List<RunId> continues) {
  @JsonCreator
  public Run {
    scope = scope == null ? Scope.WHOLE : scope;
    continues = continues == null ? List.of() : List.copyOf(continues);
  }

  /** A run that continues no other. */
  public Run(
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
    this(
        id,
        procedure,
        system,
        runbookText,
        runbookDigest,
        requester,
        reason,
        requested,
        declared,
        scope,
        List.of());
  }

  /** The same run, now that its runbook was read. */
  public Run reading(String text, String digest) {
    return new Run(
        id, procedure, system, text, digest, requester, reason, requested, declared, scope,
        continues);
  }

  /** The same run, taking over what those have left. */
  public Run continuing(List<RunId> interrupted) {
    return new Run(
        id,
        procedure,
        system,
        runbookText,
        runbookDigest,
        requester,
        reason,
        requested,
        declared,
        scope,
        interrupted);
  }

  /** Whether what bears that run's mark is this run's to use and to remove. */
  public boolean owns(RunId marked) {
    return owned().contains(marked);
  }

  /** This run and those that it continues: whose marks it takes for its own. */
  public List<RunId> owned() {
    return Stream.concat(Stream.of(id), continues.stream()).toList();
  }

  /**
   * Who acts in the place of a run that is gone: its copies, marks, programs and claims bear that
   * run's id. The runbook is today's, and the store where its journal was found.
   */
  public Run inPlaceOf(RunId gone, Scope itsScope) {
    return new Run(
        gone,
        procedure,
        system,
        runbookText,
        runbookDigest,
        requester,
        reason,
        gone.started(),
        Optional.empty(),
        itsScope.from(scope.store()));
  }
}
