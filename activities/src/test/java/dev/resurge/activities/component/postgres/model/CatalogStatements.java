package dev.resurge.activities.component.postgres.model;

import dev.resurge.activities.component.postgres.model.ModelDatabase.Setting;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/** What changes databases and roles. */
final class CatalogStatements {
  private static final List<Rule> RULES =
      List.of(
          Rule.of("ALTER DATABASE <name> RENAME TO <name>", CatalogStatements::rename),
          Rule.of(
              "ALTER DATABASE <name> ALLOW_CONNECTIONS (true|false)",
              (session, words) ->
                  DatabaseEntries.alter(
                      session, words.group(1), d -> d.allowing(isTrue(words.group(2))))),
          Rule.of(
              "ALTER DATABASE <name> IS_TEMPLATE (true|false)",
              (session, words) ->
                  DatabaseEntries.alter(
                      session, words.group(1), d -> d.template(isTrue(words.group(2))))),
          Rule.of(
              "ALTER DATABASE <name> CONNECTION LIMIT (-?\\d+)",
              (session, words) ->
                  DatabaseEntries.alter(
                      session, words.group(1), d -> d.limited(Integer.parseInt(words.group(2))))),
          Rule.of("ALTER DATABASE <name> OWNER TO <name>", CatalogStatements::own),
          Rule.of(
              "ALTER DATABASE <name> SET ([\\w.\"]+) TO (.+)",
              (session, words) ->
                  DatabaseEntries.configure(
                      session,
                      words.group(1),
                      d -> d.set(setting(Optional.empty(), words.group(2), words.group(3))))),
          Rule.of(
              "ALTER DATABASE <name> RESET ([\\w.\"]+)",
              (session, words) ->
                  DatabaseEntries.configure(
                      session, words.group(1), d -> d.reset(bare(words.group(2))))),
          Rule.of(
              "ALTER ROLE <name> IN DATABASE <name> SET ([\\w.\"]+) TO (.+)",
              (session, words) ->
                  DatabaseEntries.configure(
                      session,
                      words.group(2),
                      d ->
                          d.set(
                              setting(
                                  Optional.of(SqlText.name(words.group(1))),
                                  words.group(3),
                                  words.group(4))))),
          Rule.of(
              "COMMENT ON DATABASE <name> IS <text>",
              (session, words) ->
                  DatabaseEntries.alter(
                      session, words.group(1), d -> d.commented(SqlText.value(words.group(2))))),
          Rule.of(
              "GRANT (CONNECT|CREATE|TEMPORARY) ON DATABASE <name> TO <name>( WITH GRANT OPTION)?",
              CatalogStatements::grant),
          Rule.of(
              "REVOKE (ALL|CONNECT|CREATE|TEMPORARY) ON DATABASE <name> FROM <name>(?: CASCADE)?",
              CatalogStatements::revoke),
          Rule.of("CREATE DATABASE <name>(.*)", DatabaseStatements::create),
          Rule.of("DROP DATABASE <name>", DatabaseStatements::drop),
          Rule.of("CREATE ROLE <name>(.*)", CatalogStatements::createRole),
          Rule.of("DROP ROLE <name>", CatalogStatements::dropRole),
          Rule.of("GRANT <name> TO <name>", CatalogStatements::grantRole));

  private CatalogStatements() {}

  static boolean run(ModelSession session, String sql) throws SQLException {
    return Rule.first(RULES, session, sql);
  }

  static void requireSuperuser(ModelSession session, String what) throws SQLException {
    session.requireWritable(what);
    if (!session.catalog().isSuperuser(session.user())) {
      throw Failures.error("42501", "permission denied: " + what);
    }
  }

  private static void rename(ModelSession session, Matcher words) throws SQLException {
    requireSuperuser(session, "ALTER DATABASE");
    var database = DatabaseEntries.alone(session, words.group(1));
    var wanted = SqlText.name(words.group(2));
    if (session.catalog().find(wanted).isPresent()) {
      throw Failures.error("42P04", "database \"" + wanted + "\" already exists");
    }
    if (database.oid() == session.database()) {
      throw Failures.error("0A000", "current database cannot be renamed");
    }
    DatabaseStatements.requireUnused(session, database);
    DatabaseEntries.rename(session, database, wanted);
  }

  private static void own(ModelSession session, Matcher words) throws SQLException {
    var role = SqlText.name(words.group(2));
    requireRole(session, role);
    DatabaseEntries.alter(session, words.group(1), d -> d.ownedBy(role));
  }

  private static void grant(ModelSession session, Matcher words) throws SQLException {
    var grantee = SqlText.grantee(words.group(3));
    requireRole(session, grantee);
    var grantable = words.group(4) != null;
    var acting = session.catalog().isSuperuser(session.role());
    DatabaseEntries.alter(
        session,
        words.group(2),
        d ->
            d.granting(
                d.acl()
                    .grant(
                        new Grants.Grant(
                            grantee,
                            acting ? d.owner() : session.role(),
                            words.group(1),
                            grantable))));
  }

  private static void revoke(ModelSession session, Matcher words) throws SQLException {
    var grantee = SqlText.grantee(words.group(3));
    requireRole(session, grantee);
    DatabaseEntries.alter(
        session,
        words.group(2),
        d -> d.granting(d.acl().revoke(words.group(1), grantee, d.owner())));
  }

  static void requireRole(ModelSession session, String role) throws SQLException {
    if (!role.equals(Grants.PUBLIC) && !session.catalog().roles().containsKey(role)) {
      throw Failures.error("42704", "role \"" + role + "\" does not exist");
    }
  }

  private static void createRole(ModelSession session, Matcher words) throws SQLException {
    requireSuperuser(session, "CREATE ROLE");
    var role = ModelRole.of(SqlText.name(words.group(1)), words.group(2));
    session.lock("role " + role.name());
    if (session.catalog().roles().containsKey(role.name())) {
      throw Failures.error("42710", "role \"" + role.name() + "\" already exists");
    }
    session.changeCatalog(catalog -> catalog.with(role));
  }

  private static void dropRole(ModelSession session, Matcher words) throws SQLException {
    requireSuperuser(session, "DROP ROLE");
    var role = SqlText.name(words.group(1));
    session.lock("role " + role);
    requireRole(session, role);
    if (session.catalog().databases().values().stream().anyMatch(d -> d.owner().equals(role))) {
      throw Failures.error(
          "2BP01", "role \"" + role + "\" cannot be dropped because some objects depend on it");
    }
    session.changeCatalog(catalog -> catalog.withoutRole(role));
  }

  private static void grantRole(ModelSession session, Matcher words) throws SQLException {
    requireSuperuser(session, "GRANT");
    var group = SqlText.name(words.group(1));
    var member =
        words.group(2).equals("CURRENT_USER") ? session.role() : SqlText.name(words.group(2));
    requireRole(session, group);
    requireRole(session, member);
    session.lock("role " + member);
    session.changeCatalog(catalog -> catalog.with(catalog.roles().get(member).memberOf(group)));
  }

  private static Setting setting(Optional<String> role, String name, String value) {
    return new Setting(role, bare(name), SqlText.value(value));
  }

  private static String bare(String name) {
    return name.replace("\"", "");
  }

  private static boolean isTrue(String text) {
    return text.equals("true");
  }
}
