package dev.resurge.activities.component.postgres;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What belongs to a database but not to what is in it, and is lost when only its contents are
 * restored: what {@code pg_dump -C} adds. Our own {@code resurge.*} settings are no part of it.
 *
 * @param settings in the catalog's order, in which a dump lists them
 * @param connectionLimit -1 for none
 */
record DatabaseState(
    String owner,
    DatabaseAcl acl,
    List<Setting> settings,
    int connectionLimit,
    boolean template,
    Optional<String> comment,
    List<SecurityLabel> securityLabels) {
  DatabaseState {
    settings = List.copyOf(settings);
    securityLabels = List.copyOf(securityLabels);
  }

  /**
   * One setting that sessions of the database start with.
   *
   * @param role whose sessions; empty for everybody's
   * @param value as the catalog holds it
   */
  record Setting(Optional<String> role, String name, String value) {
    /** Parameters whose value is a list of quoted names (GUC_LIST_QUOTE in the server's source). */
    private static final Set<String> LISTS =
        Set.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");

    @JsonIgnore
    private String sqlValue() {
      if (!LISTS.contains(name)) {
        return Quoting.literal(value);
      }
      var names = QuotedList.split(value).stream().map(Quoting::literal).toList();
      return names.isEmpty() ? "''" : String.join(", ", names);
    }

    String statement(String database) {
      var whose =
          role.map(r -> "ALTER ROLE " + Quoting.identifier(r) + " IN DATABASE " + database)
              .orElse("ALTER DATABASE " + database);
      return whose + " SET " + settingName() + " TO " + sqlValue();
    }

    /** An extension's parameter has two names with a dot between, each quoted alone. */
    private String settingName() {
      var parts = name.split("\\.", 2);
      return parts.length == 1
          ? Quoting.identifier(name)
          : Quoting.identifier(parts[0]) + "." + Quoting.identifier(parts[1]);
    }
  }

  /** What a security module says of the database. */
  record SecurityLabel(String provider, String label) {}

  /**
   * The statements that give a freshly created database this state, except {@link #acl()}.
   *
   * @param database quoted, or a psql variable that stands for it
   */
  List<String> statements(String database) {
    var statements = new ArrayList<String>();
    statements.add("ALTER DATABASE " + database + " OWNER TO " + Quoting.identifier(owner));
    statements.add("ALTER DATABASE " + database + " CONNECTION LIMIT " + connectionLimit);
    if (template) {
      statements.add("ALTER DATABASE " + database + " IS_TEMPLATE true");
    }
    comment.ifPresent(
        c -> statements.add("COMMENT ON DATABASE " + database + " IS " + Quoting.literal(c)));
    for (var label : securityLabels) {
      statements.add(
          "SECURITY LABEL FOR "
              + Quoting.identifier(label.provider())
              + " ON DATABASE "
              + database
              + " IS "
              + Quoting.literal(label.label()));
    }
    settings.forEach(s -> statements.add(s.statement(database)));
    return List.copyOf(statements);
  }

  /** Where {@code actual} differs, one line each. */
  List<String> differences(DatabaseState actual) {
    var lines = new ArrayList<String>();
    compare(lines, "owner", owner, actual.owner);
    compare(lines, "grants", acl.grants(), actual.acl.grants());
    compare(lines, "connection limit", connectionLimit, actual.connectionLimit);
    compare(lines, "template", template, actual.template);
    compare(lines, "comment", comment, actual.comment);
    compare(
        lines, "security labels", Set.copyOf(securityLabels), Set.copyOf(actual.securityLabels));
    compareSettings(lines, actual);
    return List.copyOf(lines);
  }

  private void compareSettings(List<String> lines, DatabaseState actual) {
    var all = new TreeSet<>(Comparator.comparing(Setting::toString));
    all.addAll(settings);
    all.addAll(actual.settings);
    for (var setting : all) {
      var expected = settings.contains(setting);
      if (expected != actual.settings.contains(setting)) {
        lines.add(
            "setting "
                + setting.name()
                + setting.role().map(r -> " of role " + r).orElse("")
                + " = "
                + setting.value()
                + (expected ? ": missing" : ": not expected"));
      }
    }
  }

  private static void compare(List<String> lines, String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      lines.add(what + ": expected " + expected + ", found " + actual);
    }
  }
}
