package dev.resurge.activities.component.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Roles that a set names and a server has not: made with the passwords that the runbook refers to,
 * for no set holds any, and without what was set for them in all databases. Roles that are there
 * stay as they are.
 */
final class MissingRoles {
  /** The end of a definition, which a role's name cannot imitate. */
  private static final Pattern ATTRIBUTES =
      Pattern.compile(
          "(?:NO)?SUPERUSER (?:NO)?INHERIT (?:NO)?CREATEROLE (?:NO)?CREATEDB (?:NO)?LOGIN"
              + " (?:NO)?REPLICATION (?:NO)?BYPASSRLS CONNECTION LIMIT -?\\d+$");

  /** What only a superuser may give away, whatever the server's version. */
  private static final Set<String> HIGH = Set.of("SUPERUSER", "REPLICATION", "BYPASSRLS");

  private MissingRoles() {}

  /** The names of all roles that a server has. */
  static Set<String> present(PostgresSession session) {
    return Set.copyOf(session.texts("SELECT rolname FROM pg_roles"));
  }

  /** Those that a set names and that are not among the server's. */
  static List<PostgresFacts.Role> of(PostgresFacts facts, Set<String> present) {
    return facts.roles().stream().filter(role -> !present.contains(role.name())).toList();
  }

  /** Whether it is one to log in with. */
  static boolean logsIn(PostgresFacts.Role role) {
    return attributes(role).contains("LOGIN");
  }

  private static List<String> attributes(PostgresFacts.Role role) {
    var attributes = ATTRIBUTES.matcher(role.definition());
    return attributes.find() ? List.of(attributes.group().split(" ")) : List.of();
  }

  /** Whether only a superuser can make that role. */
  static boolean needsSuperuser(PostgresFacts.Role role) {
    var attributes = attributes(role);
    return attributes.isEmpty() || attributes.stream().anyMatch(HIGH::contains);
  }

  /**
   * Makes them all, with their memberships in roles that are there, or none; one line for each,
   * empty if all were there. An admin who is no superuser becomes a member of each, for who gives
   * something to a role must be one.
   */
  static List<String> create(
      PostgresSession session, PostgresFacts facts, RolePasswords passwords) {
    return session.inTransaction(() -> {
      var missing = of(facts, present(session));
      for (var role : missing) {
        session.execute(role.definition());
        passwords.statement(role.name()).ifPresent(session::execute);
      }
      var present = present(session);
      var superuser = PostgresServer.of(session).superuser();
      var made = new ArrayList<String>();
      for (var role : missing) {
        var groups = new TreeSet<>(role.memberOf());
        groups.retainAll(present);
        groups.forEach(group -> grant(session, group, Quoting.identifier(role.name())));
        if (!superuser) {
          grant(session, role.name(), "CURRENT_USER");
        }
        made.add(line(role, groups, passwords.words(role)));
      }
      return List.copyOf(made);
    });
  }

  private static void grant(PostgresSession session, String group, String member) {
    session.execute("GRANT " + Quoting.identifier(group) + " TO " + member);
  }

  private static String line(PostgresFacts.Role role, Set<String> groups, String password) {
    var lost = new TreeSet<>(role.memberOf());
    lost.removeAll(groups);
    return "role "
        + role.name()
        + password
        + (groups.isEmpty() ? "" : ", member of " + String.join(", ", groups))
        + (lost.isEmpty() ? "" : "; not of " + String.join(", ", lost) + ", which is not there");
  }
}
