package dev.resurge.activities.component.postgres.model;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What makes databases and does away with them: never within a transaction. */
final class DatabaseStatements {
  private static final Pattern OWNER =
      Pattern.compile(" OWNER <name>".replace("<name>", SqlText.NAME));

  private DatabaseStatements() {}

  static void create(ModelSession session, Matcher words) throws SQLException {
    CatalogStatements.requireSuperuser(session, "CREATE DATABASE");
    session.requireNoTransaction("CREATE DATABASE");
    var name = SqlText.name(words.group(1));
    var written = OWNER.matcher(words.group(2));
    var owner = written.find() ? SqlText.name(written.group(1)) : session.role();
    CatalogStatements.requireRole(session, owner);
    if (session.catalog().find(name).isPresent()) {
      throw Failures.error("42P04", "database \"" + name + "\" already exists");
    }
    long oid = session.server().nextOid();
    session.changeCatalog(catalog -> catalog.with(ModelDatabase.fresh(oid, name, owner)));
  }

  static void drop(ModelSession session, Matcher words) throws SQLException {
    CatalogStatements.requireSuperuser(session, "DROP DATABASE");
    session.requireNoTransaction("DROP DATABASE");
    var database = DatabaseEntries.alone(session, words.group(1));
    if (database.oid() == session.database()) {
      throw Failures.error("55006", "cannot drop the currently open database");
    }
    if (database.template()) {
      throw Failures.error("42809", "cannot drop a template database");
    }
    requireUnused(session, database);
    session.changeCatalog(catalog -> catalog.without(database.oid()));
    session.server().become(session.server().state().without(database.oid()), true);
  }

  static void requireUnused(ModelSession session, ModelDatabase database) throws SQLException {
    if (session.server().all().stream()
        .anyMatch(s -> s != session && s.database() == database.oid())) {
      throw Failures.inUse(database);
    }
  }
}
