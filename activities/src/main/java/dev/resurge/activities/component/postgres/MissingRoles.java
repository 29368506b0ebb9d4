package dev.resurge.activities.component.postgres;

import java.util.ArrayList;
import java.util.List;

/** Roles that a set names and a server has not: made without passwords, which no set holds. */
final class MissingRoles {
  private MissingRoles() {}

  /** Makes them; one line for each, empty if all were there. */
  static List<String> create(PostgresSession session, PostgresFacts facts) {
    var present = session.texts("SELECT rolname FROM pg_roles");
    var made = new ArrayList<String>();
    for (var role : facts.roles()) {
      if (!present.contains(role.name())) {
        session.execute(role.definition());
        made.add("role " + role.name() + ", without a password");
      }
    }
    return List.copyOf(made);
  }
}
