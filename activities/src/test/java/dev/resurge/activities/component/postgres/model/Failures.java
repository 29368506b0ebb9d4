package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;

/** The server's failures, with PostgreSQL's words and states (appendix A of its manual). */
final class Failures {
  private Failures() {}

  static SQLException error(String state, String message) {
    return new SQLException("ERROR: " + message, state);
  }

  static SQLException fatal(String state, String message) {
    return new SQLException("FATAL: " + message, state);
  }

  static SQLException terminated() {
    return fatal("57P01", "terminating connection due to administrator command");
  }

  static SQLException closed() {
    return new SQLException("This connection has been closed.", "08003");
  }

  static SQLException inUse(ModelDatabase database) {
    return error("55006", "database \"" + database.name() + "\" is being accessed by other users");
  }

  static SQLException noDatabase(String name) {
    return error("3D000", "database \"" + name + "\" does not exist");
  }

  static SQLException noTable(String name) {
    return error("42P01", "relation \"" + name + "\" does not exist");
  }

  /** The model must be taught what the driver asks; it never guesses. */
  static SQLException unknown(String sql) {
    return new SQLException("THE MODEL DOES NOT KNOW THIS STATEMENT: " + sql, "XX0MD");
  }
}
