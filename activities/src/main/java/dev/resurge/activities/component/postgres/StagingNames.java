package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Names of the databases that a restore makes beside the live one. PostgreSQL cuts names at 63
 * bytes without an error, so they are made to fit: a name that has to be cut is cut between
 * characters and gets a digest, lest two long names become one.
 */
final class StagingNames {
  /** NAMEDATALEN - 1 of every server that was not compiled otherwise. */
  static final int LIMIT = 63;

  private StagingNames() {}

  /** Where an attempt builds its copy: {@code <database>_rs<run>_<token>}. */
  static String staged(String database, RunId run, String token) {
    return stagedPrefix(database, run) + token;
  }

  /** What the names of all copies that a run stages begin with; tokens are eight characters. */
  static String stagedPrefix(String database, RunId run) {
    var suffix = "_rs" + run.shortName() + "_";
    return fitted(database, LIMIT - suffix.length() - 8) + suffix;
  }

  /** What the old data is called after the cut over: {@code <database>_retained_<run>}. */
  static String retained(String database, RunId run, Set<String> taken) {
    return free(database, "_retained_" + run.shortName(), taken);
  }

  /** What the restored copy is called after a swap-back: {@code <database>_rejected_<run>}. */
  static String rejected(String database, RunId run, Set<String> taken) {
    return free(database, "_rejected_" + run.shortName(), taken);
  }

  /** The schema that a run brings tables back to: {@code restored_<run>}. */
  static String side(RunId run, Set<String> taken) {
    return free("restored", "_" + run.shortName(), taken);
  }

  /** The same name or another like it that fits and is not taken. */
  static String like(String name, Set<String> taken) {
    return free(name, "", taken);
  }

  /** Two runs may end with the same four characters; the second one's name is counted. */
  private static String free(String database, String suffix, Set<String> taken) {
    var name = fitted(database, LIMIT - suffix.length()) + suffix;
    for (int n = 2; taken.contains(name); n++) {
      var counted = suffix + "_" + n;
      name = fitted(database, LIMIT - counted.length()) + counted;
    }
    return name;
  }

  private static String fitted(String name, int bytes) {
    if (length(name) <= bytes) {
      return name;
    }
    var digest = "~" + Json.sha256(name).substring(0, 6);
    var kept = new StringBuilder();
    int used = digest.length();
    for (int character : name.codePoints().toArray()) {
      used += length(Character.toString(character));
      if (used > bytes) {
        break;
      }
      kept.appendCodePoint(character);
    }
    return kept + digest;
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
