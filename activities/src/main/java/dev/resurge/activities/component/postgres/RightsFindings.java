package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.runbook.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rights the admin lacks. A superuser lacks none. */
final class RightsFindings {
  private static final int NAMED = 5;

  private final Component.Postgres component;
  private final String admin;

  RightsFindings(Component.Postgres component) {
    this.component = component;
    this.admin = Quoting.identifier(component.admin().user());
  }

  /** What reading everything needs, asked in the protected database. */
  List<Finding> forCapture(PostgresSession session) {
    var findings = new ArrayList<Finding>();
    var unreadable =
        session.list(
            """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'S') AND c.relpersistence <> 't'
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
              AND NOT (has_schema_privilege(n.oid, 'USAGE') AND
                       CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'SELECT')
                            ELSE has_table_privilege(c.oid, 'SELECT') END)
            ORDER BY 1, 2
            """,
            row -> Quoting.displayed(row.getString(1), row.getString(2)));
    if (!unreadable.isEmpty()) {
      findings.add(
          missing("SELECT on " + some(unreadable) + ": GRANT pg_read_all_data TO " + admin));
    }
    var hidden =
        session.list(
            """
            SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relrowsecurity AND row_security_active(c.oid) ORDER BY 1, 2
            """,
            row -> Quoting.displayed(row.getString(1), row.getString(2)));
    if (!hidden.isEmpty()) {
      findings.add(
          missing(
              "row security hides rows of "
                  + some(hidden)
                  + ": ALTER ROLE "
                  + admin
                  + " BYPASSRLS"));
    }
    return findings;
  }

  /**
   * What building a copy beside the live database and removing it needs.
   *
   * @param owner whom the copy is given to, if that is known
   */
  List<Finding> forStaging(PostgresSession session, PostgresServer server, Optional<String> owner) {
    if (server.superuser()) {
      return List.of();
    }
    var findings = building(session, server, owner);
    findings.addAll(markers(session, server, List.of(DatabaseMarkers.STAGED)));
    return findings;
  }

  /**
   * What creating, marking, closing and renaming databases needs.
   *
   * @param owner of the live database, if there is one
   * @param copys whom the copy is given to, if that is known
   */
  List<Finding> forRestore(
      PostgresSession session,
      PostgresServer server,
      Optional<String> owner,
      Optional<String> copys) {
    if (server.superuser()) {
      return List.of();
    }
    var findings = building(session, server, copys.filter(c -> !owner.equals(Optional.of(c))));
    owner
        .filter(role -> isForeign(session, role))
        .ifPresent(role ->
            findings.add(missing("to rename '" + component.database() + "': " + member(role))));
    if (!session.yes("SELECT pg_has_role('pg_signal_backend', 'MEMBER')")) {
      findings.add(missing("to end other sessions: GRANT pg_signal_backend TO " + admin));
    }
    findings.addAll(
        markers(
            session,
            server,
            List.of(DatabaseMarkers.OWNER, DatabaseMarkers.STAGED, DatabaseMarkers.RETAINED)));
    return findings;
  }

  private List<Finding> building(
      PostgresSession session, PostgresServer server, Optional<String> owner) {
    var findings = new ArrayList<Finding>();
    if (!server.createsDatabases()) {
      findings.add(missing("to create databases: ALTER ROLE " + admin + " CREATEDB"));
    }
    owner
        .filter(role -> isForeign(session, role))
        .ifPresent(role -> findings.add(missing("to give the copy to its owner: " + member(role))));
    return findings;
  }

  /** What making the roles needs that the set names and the server has not. */
  List<Finding> forRoles(
      PostgresSession session, PostgresServer server, List<PostgresFacts.Role> missing) {
    if (server.superuser() || missing.isEmpty()) {
      return List.of();
    }
    var high = missing.stream().filter(MissingRoles::needsSuperuser).toList();
    if (!high.isEmpty()) {
      return List.of(
          missing("to create roles as mighty as " + names(high) + ", which only a superuser may"));
    }
    return session.yes("SELECT rolcreaterole FROM pg_roles WHERE rolname = current_user")
        ? List.of()
        : List.of(
            missing(
                "to create the roles " + names(missing) + ": ALTER ROLE " + admin + " CREATEROLE"));
  }

  private static String names(List<PostgresFacts.Role> roles) {
    return some(roles.stream().map(PostgresFacts.Role::name).toList());
  }

  /** Whether the role is there and the admin no member of it. */
  private static boolean isForeign(PostgresSession session, String role) {
    return session.yes(
        "SELECT NOT coalesce((SELECT pg_has_role(oid, 'MEMBER') FROM pg_roles WHERE rolname = ?), true)",
        role);
  }

  private String member(String role) {
    return "GRANT " + Quoting.identifier(role) + " TO " + admin;
  }

  /** Before version 15 only superusers may set parameters that the server does not know. */
  private List<Finding> markers(
      PostgresSession session, PostgresServer server, List<String> parameters) {
    if (server.major() < 15) {
      return List.of(
          missing(
              "to mark databases, which before version 15 only a superuser may: ALTER ROLE "
                  + admin
                  + " SUPERUSER"));
    }
    var lacking =
        parameters.stream()
            .filter(p -> !session.yes("SELECT has_parameter_privilege(?, 'SET')", p))
            .toList();
    return lacking.isEmpty()
        ? List.of()
        : List.of(
            missing(
                "to mark databases: GRANT SET ON PARAMETER "
                    + String.join(", ", lacking)
                    + " TO "
                    + admin));
  }

  private Finding missing(String what) {
    return Finding.error(
        ErrorType.RIGHTS_MISSING,
        component.name(),
        "role "
            + admin
            + " on "
            + PostgresConnections.server(component)
            + " lacks the right: "
            + what);
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
  }
}
