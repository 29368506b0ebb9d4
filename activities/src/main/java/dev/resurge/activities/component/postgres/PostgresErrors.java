package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.sql.SQLException;
import java.util.Set;

/** What a failure of the server means. States are those of PostgreSQL's appendix A. */
final class PostgresErrors {
  /** A lock was not had within lock_timeout. */
  static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Sessions use the database that is to be renamed or dropped. */
  static final String OBJECT_IN_USE = "55006";

  /** Ended by statement_timeout or by a person. */
  static final String QUERY_CANCELED = "57014";

  private static final Set<String> SCHEMA_MOVED =
      Set.of(LOCK_NOT_AVAILABLE, "40P01", "42P01", "3F000", "42703", "XX000", "40001");
  private static final Set<String> UNAVAILABLE =
      Set.of("57P01", "57P02", "57P03", "57P04", "53300", "55000");

  private PostgresErrors() {}

  /** A failure of ours with the server's own words. */
  static ResurgeException translate(String doing, SQLException e) {
    return new ResurgeException(
        type(e.getSQLState() == null ? "" : e.getSQLState()),
        doing + ": " + String.valueOf(e.getMessage()).strip(),
        e);
  }

  private static ErrorType type(String state) {
    if (state.startsWith("28") || state.equals("08004")) {
      return ErrorType.AUTHENTICATION_FAILED;
    }
    if (state.startsWith("08") || UNAVAILABLE.contains(state)) {
      return ErrorType.DATABASE_UNAVAILABLE;
    }
    return switch (state) {
      case "42501" -> ErrorType.RIGHTS_MISSING;
      case "53100" -> ErrorType.NOT_ENOUGH_SPACE;
      default -> ErrorType.PROGRAM_FAILED;
    };
  }

  /** The server's state behind a failure; empty if the server was not the one that failed. */
  static String state(ResurgeException e) {
    return e.getCause() instanceof SQLException sql && sql.getSQLState() != null
        ? sql.getSQLState()
        : "";
  }

  /** Whether somebody changed the schema under a capture, so that a new snapshot may succeed. */
  static boolean schemaMoved(ResurgeException e) {
    return SCHEMA_MOVED.contains(state(e));
  }

  /** Whether sessions or locks were in the way, so that another try in time may succeed. */
  static boolean busy(ResurgeException e) {
    return Set.of(OBJECT_IN_USE, LOCK_NOT_AVAILABLE, "XX000", "40001").contains(state(e));
  }
}
