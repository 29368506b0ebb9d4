package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;

/** Whom the server lets in, in the order in which it looks. */
final class Admission {
  private Admission() {}

  static void check(ModelServer server, String name, String user) throws SQLException {
    if (!server.isRunning()) {
      throw new SQLException(
          "Connection to the model refused. Check that the postmaster is accepting connections.",
          "08001");
    }
    var catalog = server.state().catalog();
    var role = catalog.roles().get(user);
    if (role == null) {
      throw Failures.fatal("28000", "role \"" + user + "\" does not exist");
    }
    if (!role.is("LOGIN")) {
      throw Failures.fatal("28000", "role \"" + user + "\" is not permitted to log in");
    }
    var database = catalog.find(name);
    if (database.isEmpty()) {
      throw Failures.fatal("3D000", "database \"" + name + "\" does not exist");
    }
    if (!database.get().allowsConnections()) {
      throw Failures.fatal(
          "55000", "database \"" + name + "\" is not currently accepting connections");
    }
    if (!role.is("SUPERUSER") && !database.get().acl().letsIn(catalog.rolesOf(user))) {
      throw Failures.fatal("42501", "permission denied for database \"" + name + "\"");
    }
  }
}
