package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ComponentManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes down how a person restores the component with nothing but standard tools: bash, psql,
 * pg_restore, vacuumdb, and zstd and age where the set is encoded. The commands build a new
 * database and touch no other.
 */
final class RestoreInstructions {
  private static final String DATABASE = ":\"db\"";

  private final ComponentManifest manifest;
  private final PostgresFacts facts;

  RestoreInstructions(ComponentManifest manifest) {
    this.manifest = manifest;
    this.facts = PostgresFacts.of(manifest);
  }

  /** Markdown with blocks for bash, to be run one after the other in the set's folder. */
  String markdown() {
    return String.join(
        "\n",
        introduction(),
        block(preparation()),
        "Roles that are missing are created without passwords (`\\password ROLE` in psql gives them"
            + " theirs):\n",
        block(roles()),
        "A new, empty database like the captured one:\n",
        block(creation()),
        "Tables first, then rows, then indexes and constraints:\n",
        block(loading()),
        "What belongs to the database itself comes last, because some of it would hinder"
            + " loading:\n",
        block(state()));
  }

  private String introduction() {
    return """
    ## `%1$s`: the PostgreSQL database `%2$s`

    Captured from PostgreSQL %3$s, as it was at %4$s. Needs the client programs of the server's own
    major version, %5$d or newer, on the PATH. Set first:

    - `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`: a superuser of the server to restore to
    - `RESURGE_SUFFIX`: put behind the captured name to name the new database, such as `_restored`;
      leave it out where `%2$s` itself is not taken. A database that is there is never touched.
    - `RESURGE_MAINTENANCE_DATABASE`: one to connect to meanwhile; default `postgres`
    """
        .formatted(
            manifest.name(),
            facts.database().replace("`", "'"),
            facts.serverVersion(),
            manifest.recoveryPoint(),
            facts.serverMajor());
  }

  private List<String> preparation() {
    return List.of(
        "set -euo pipefail",
        "for program in psql pg_restore vacuumdb; do",
        "  command -v \"$program\" > /dev/null || { echo \"missing: $program\" >&2; exit 1; }",
        "done",
        "export DB=" + Quoting.shell(facts.database()) + "\"${RESURGE_SUFFIX:-}\"",
        "export MAINTENANCE=\"${RESURGE_MAINTENANCE_DATABASE:-postgres}\"",
        "# libpq takes a bare name with = in it for a connection string",
        "TARGET=\"dbname='$(printf %s \"$DB\" | sed \"s/[\\\\\\\\']/\\\\\\\\&/g\")'\"",
        "SQL() { psql -X -q -v ON_ERROR_STOP=1 -v db=\"$DB\" -d \"$1\"; }",
        "WORK=\"$(umask 077 && mktemp -d)\"",
        "trap 'rm -rf \"$WORK\"' EXIT");
  }

  private List<String> roles() {
    var lines = new ArrayList<String>();
    lines.add("SQL \"$MAINTENANCE\" <<'END_OF_SQL'");
    for (var role : facts.roles()) {
      lines.add(
          "SELECT "
              + Quoting.literal(role.definition())
              + " WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = "
              + Quoting.literal(role.name())
              + ") \\gexec");
    }
    for (var role : facts.roles()) {
      for (var group : role.memberOf()) {
        lines.add(membership(group, role.name()));
      }
    }
    lines.add("END_OF_SQL");
    return lines;
  }

  /** A group that the set's contents do not name may be missing, and is then not needed. */
  private static String membership(String group, String member) {
    return "SELECT format('GRANT %I TO %I', g.rolname, "
        + Quoting.literal(member)
        + ") FROM pg_roles g WHERE g.rolname = "
        + Quoting.literal(group)
        + " \\gexec";
  }

  private List<String> creation() {
    var lines = new ArrayList<String>();
    lines.add("SQL \"$MAINTENANCE\" <<'END_OF_SQL'");
    lines.add(facts.createStatement(DATABASE, false) + ";");
    lines.add("END_OF_SQL");
    if (!facts.publicSchema()) {
      lines.add("SQL \"$TARGET\" <<<'DROP SCHEMA public;'");
    }
    if (!facts.extensions().containsKey("plpgsql")) {
      lines.add("SQL \"$TARGET\" <<<'DROP EXTENSION plpgsql;'");
    }
    return lines;
  }

  private List<String> loading() {
    var lines = new ArrayList<String>();
    lines.add("export PGOPTIONS='-c default_transaction_read_only=off -c synchronous_commit=off'");
    for (var artifact : manifest.artifacts()) {
      if (artifact.name().equals(PostgresCapture.SCHEMA)) {
        lines.add(decoded(artifact) + " > \"$WORK/schema.dump\"");
      }
    }
    lines.add("pg_restore --exit-on-error --section=pre-data -d \"$TARGET\" \"$WORK/schema.dump\"");
    for (var artifact : manifest.artifacts()) {
      if (artifact.name().startsWith(PostgresCapture.DATA)) {
        // pg_restore may leave the end of its input unread, for which the program before it would
        // die
        lines.add(
            decoded(artifact)
                + " | { pg_restore --exit-on-error --section=data -d \"$TARGET\" && cat > /dev/null; }");
      }
    }
    lines.add(
        "pg_restore --exit-on-error --section=post-data --jobs=\"$(nproc)\" -d \"$TARGET\""
            + " \"$WORK/schema.dump\"");
    lines.add("vacuumdb --quiet --analyze-only --jobs=\"$(nproc)\" -d \"$TARGET\"");
    lines.add("unset PGOPTIONS");
    lines.add("rm -rf \"$WORK\" # the schema lay there in clear");
    return lines;
  }

  /** Encodings are listed from the inside out, so they are undone from the end. */
  private static String decoded(Artifact artifact) {
    var file = Quoting.shell(artifact.path());
    var command = "";
    for (var encoding : artifact.encodings().reversed()) {
      var undo = encoding.equals("age") ? "age -d -i \"$RESURGE_IDENTITY\"" : "zstd -dc";
      command = command.isEmpty() ? undo + " < " + file : command + " | " + undo;
    }
    return command.isEmpty() ? "cat < " + file : command;
  }

  private List<String> state() {
    var lines = new ArrayList<String>();
    var state = facts.state();
    lines.add("SQL \"$MAINTENANCE\" <<'END_OF_SQL'");
    state.statements(DATABASE).forEach(s -> lines.add(s + ";"));
    state.acl().replacing(DATABASE, state.owner(), Set.of()).forEach(s -> lines.add(s + ";"));
    lines.add("CHECKPOINT;");
    lines.add("END_OF_SQL");
    return lines;
  }

  private static String block(List<String> lines) {
    return "```sh\n" + String.join("\n", lines) + "\n```\n";
  }
}
