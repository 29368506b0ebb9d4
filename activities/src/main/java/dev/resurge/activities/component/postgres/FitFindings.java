package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.runbook.Component;
import java.util.ArrayList;
import java.util.List;

/** Whether a set fits the server, and whether what hangs on the live database survives a swap. */
final class FitFindings {
  private final Component.Postgres component;

  FitFindings(Component.Postgres component) {
    this.component = component;
  }

  /** What the set needs and the server has not. */
  List<Finding> set(PostgresSession session, PostgresServer server, PostgresFacts facts) {
    var findings = new ArrayList<Finding>();
    if (server.major() < facts.serverMajor()) {
      findings.add(
          error(
              ErrorType.VERSION_MISMATCH,
              "the set is of PostgreSQL "
                  + facts.serverVersion()
                  + ", the server is "
                  + server.version()));
    }
    var extensions = session.texts("SELECT name FROM pg_available_extensions");
    var unavailable =
        facts.extensions().keySet().stream().filter(e -> !extensions.contains(e)).toList();
    if (!unavailable.isEmpty()) {
      findings.add(
          error(
              ErrorType.PROGRAM_MISSING,
              "the server lacks extensions of the set: " + String.join(", ", unavailable)));
    }
    findings.addAll(tablespaces(session, facts));
    return findings;
  }

  /** The roles that the set names and the server has not. */
  List<Finding> roles(PostgresSession session, PostgresFacts facts) {
    var absent = MissingRoles.of(facts, MissingRoles.present(session));
    return absent.isEmpty()
        ? List.of()
        : List.of(
            error(
                ErrorType.RIGHTS_MISSING,
                "the set names roles that the server has not; create them: "
                    + String.join(
                        "; ", absent.stream().map(PostgresFacts.Role::definition).toList())));
  }

  private List<Finding> tablespaces(PostgresSession session, PostgresFacts facts) {
    var wanted = new ArrayList<>(facts.tablespaces());
    wanted.add(facts.creation().tablespace());
    wanted.removeAll(session.texts("SELECT spcname FROM pg_tablespace"));
    return wanted.isEmpty()
        ? List.of()
        : List.of(
            warning(
                "the server lacks tablespaces of the set: "
                    + String.join(", ", wanted)
                    + "; their tables go to the default tablespace"));
  }

  /**
   * What is bound to the database itself rather than to its contents.
   *
   * @param swapped whether the database is to be swapped, which would break it
   */
  List<Finding> bound(PostgresSession session, boolean swapped) {
    var findings = new ArrayList<Finding>();
    add(
        findings,
        swapped,
        "logical replication slot",
        "its consumer would go on reading the old data",
        session.texts(
            "SELECT slot_name FROM pg_replication_slots WHERE database = ? ORDER BY 1",
            component.database()));
    add(
        findings,
        swapped,
        "subscription",
        "the restored one would be disabled, the old one would go on",
        session.texts(
            """
            SELECT s.subname FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
            WHERE d.datname = ? ORDER BY 1
            """,
            component.database()));
    add(
        findings,
        swapped,
        "prepared transaction",
        "it holds the database, which cannot be renamed, and is not in any set",
        session.texts(
            "SELECT gid FROM pg_prepared_xacts WHERE database = ? ORDER BY 1",
            component.database()));
    return findings;
  }

  private void add(
      List<Finding> findings, boolean swapped, String what, String why, List<String> names) {
    if (!names.isEmpty()) {
      var message =
          "database '"
              + component.database()
              + "' has a "
              + what
              + " ("
              + String.join(", ", names)
              + "): "
              + (swapped ? why : "a set does not hold it");
      findings.add(swapped ? error(ErrorType.RIGHTS_MISSING, message) : warning(message));
    }
  }

  private Finding error(ErrorType type, String message) {
    return Finding.error(type, component.name(), message);
  }

  private Finding warning(String message) {
    return Finding.warning(ErrorType.PREFLIGHT_REFUSED, component.name(), message);
  }
}
