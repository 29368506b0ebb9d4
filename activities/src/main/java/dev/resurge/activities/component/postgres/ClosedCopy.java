package dev.resurge.activities.component.postgres;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Keeps others out of a copy that nobody is to change: nobody but the admin and superusers may
 * connect, not even its owner (who could grant it again, but not by accident). The grants it is to
 * have wait in its marker. A superuser's application is not kept out; the checks before the cut
 * over would find what it changed.
 */
final class ClosedCopy {
  private ClosedCopy() {}

  /**
   * The statements that close a copy to all but the admin. Only the right to connect goes: others
   * are of no use without it, and loading needs what the owner may create.
   */
  static List<String> closing(PostgresSession session, String database, String owner) {
    var name = Quoting.identifier(database);
    var admin = session.one("SELECT current_user", row -> row.getString(1));
    var out = new LinkedHashSet<>(DatabaseStateReader.acl(session, database).grantees());
    out.add(DatabaseAcl.PUBLIC);
    out.add(owner);
    var statements = new ArrayList<String>();
    for (var grantee : out) {
      statements.add(
          "REVOKE CONNECT ON DATABASE " + name + " FROM " + DatabaseAcl.role(grantee) + " CASCADE");
    }
    statements.add("GRANT CONNECT ON DATABASE " + name + " TO " + DatabaseAcl.role(admin));
    return statements;
  }

  /** The statements that give a closed copy the grants that were held back. */
  static List<String> opening(
      PostgresSession session, String database, String owner, DatabaseAcl acl) {
    return acl.replacing(
        Quoting.identifier(database), owner, DatabaseStateReader.acl(session, database).grantees());
  }
}
