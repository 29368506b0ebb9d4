package dev.resurge.activities.component.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a manifest says of a captured database besides its artifacts: all that building an equal one
 * needs.
 *
 * @param serverVersion such as {@code 15.18}
 * @param database its name when it was captured
 * @param size on the source server's disks, indexes included
 * @param extensions name to version
 * @param publicSchema whether it had a schema of that name, which every fresh database has
 * @param tablespaces those it uses besides the default
 * @param roles those its contents and grants name
 */
record PostgresFacts(
    String serverVersion,
    int serverMajor,
    String dumpVersion,
    String database,
    ByteSize size,
    Creation creation,
    DatabaseState state,
    SortedMap<String, String> extensions,
    boolean publicSchema,
    List<String> tablespaces,
    List<Role> roles) {
  PostgresFacts {
    extensions = Collections.unmodifiableSortedMap(new TreeMap<>(extensions));
    tablespaces = List.copyOf(tablespaces);
    roles = List.copyOf(roles);
  }

  /**
   * What can be said only when a database is created.
   *
   * @param provider {@code libc}, {@code icu} or {@code builtin}
   * @param locale of ICU or the built-in provider
   */
  record Creation(
      String encoding,
      String provider,
      String collate,
      String ctype,
      Optional<String> locale,
      Optional<String> icuRules,
      String tablespace) {}

  /**
   * A role without its password.
   *
   * @param definition the statement that creates it
   * @param memberOf roles it is a member of
   */
  record Role(String name, String definition, List<String> memberOf) {
    Role {
      memberOf = List.copyOf(memberOf);
    }
  }

  /**
   * The facts of a component's manifest.
   *
   * @throws ResurgeException {@code FormatUnknown} if they are none
   */
  static PostgresFacts of(ComponentManifest manifest) {
    try {
      return Json.mapper().treeToValue(manifest.facts(), PostgresFacts.class);
    } catch (JsonProcessingException e) {
      throw new ResurgeException(
          ErrorType.FORMAT_UNKNOWN,
          "reading the facts of component '" + manifest.name() + "': " + e.getOriginalMessage(),
          e);
    }
  }

  /** As a manifest holds them. */
  JsonNode json() {
    return Json.mapper().valueToTree(this);
  }

  /**
   * The statement that creates an equal, empty database.
   *
   * @param name quoted, or a psql variable that stands for it
   * @param inTablespace whether the source's tablespace is there
   */
  String createStatement(String name, boolean inTablespace) {
    var sql = new StringBuilder("CREATE DATABASE " + name + " TEMPLATE template0");
    // from the beginning, because what is in the public schema gets its rights from the owner
    sql.append(" OWNER ").append(Quoting.identifier(state.owner()));
    sql.append(" ENCODING ").append(Quoting.literal(creation.encoding()));
    if (serverMajor >= 15) {
      sql.append(" LOCALE_PROVIDER ").append(creation.provider());
    }
    sql.append(" LC_COLLATE ").append(Quoting.literal(creation.collate()));
    sql.append(" LC_CTYPE ").append(Quoting.literal(creation.ctype()));
    var option = creation.provider().equals("icu") ? " ICU_LOCALE " : " BUILTIN_LOCALE ";
    creation.locale().ifPresent(l -> sql.append(option).append(Quoting.literal(l)));
    creation.icuRules().ifPresent(r -> sql.append(" ICU_RULES ").append(Quoting.literal(r)));
    // naming the default one would need a right on it that leaving it out does not
    if (inTablespace && !creation.tablespace().equals("pg_default")) {
      sql.append(" TABLESPACE ").append(Quoting.identifier(creation.tablespace()));
    }
    return sql.toString();
  }
}
