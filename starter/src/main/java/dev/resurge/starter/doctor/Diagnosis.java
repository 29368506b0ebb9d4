package dev.resurge.starter.doctor;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param next what to do about it; empty if all is well
 */
public record Diagnosis(
    Level level, String subject, String found, Optional<String> next, Optional<ErrorType> type) {
  /** How it is. */
  public enum Level {
    /** Well. */
    ok,
    /** It works; it could be safer. */
    warn,
    /** It will not work. */
    fail
  }

  static Diagnosis ok(String subject, String found) {
    return new Diagnosis(Level.ok, subject, found, Optional.empty(), Optional.empty());
  }

  static Diagnosis warn(String subject, String found, String next) {
    return new Diagnosis(Level.warn, subject, found, Optional.of(next), Optional.empty());
  }

  static Diagnosis fail(String subject, ErrorType type, String found) {
    return new Diagnosis(Level.fail, subject, found, Optional.of(type.remedy()), Optional.of(type));
  }

  static Diagnosis fail(String subject, ResurgeException thrown) {
    return fail(subject, thrown.type(), thrown.getMessage());
  }
}
