package dev.resurge.workflows.model;

import java.time.Instant;
import java.util.Optional;

/** What every procedure is told: {@code {"runbook":"library"}} is enough. */
public interface ProcedureInput {
  /** The system's name, which is its runbook's. */
  String runbook();

  /** Why. */
  Optional<String> reason();

  /** Who asks; only a claim. */
  Optional<Person> requester();

  /** The schedule that it comes from; empty if a person or a program asked. */
  default Optional<String> schedule() {
    return Optional.empty();
  }

  /** When the outage began. */
  default Optional<Instant> declared() {
    return Optional.empty();
  }

  /** How much of the runbook it is about. */
  default Scope scope() {
    return Scope.WHOLE;
  }
}
