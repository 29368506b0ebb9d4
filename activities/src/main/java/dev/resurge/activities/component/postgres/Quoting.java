package dev.resurge.activities.component.postgres;

import java.util.regex.Pattern;

/** Writes names and values so that SQL, pg_dump, libpq and a shell read them as they are. */
final class Quoting {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private Quoting() {}

  /** A name as SQL takes it, always quoted. */
  static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /**
   * A table's name as SQL takes it, always quoted. pg_dump's patterns read it the same way: between
   * double quotes nothing is a wildcard, a dot does not separate, and case is kept.
   */
  static String qualified(String schema, String name) {
    return identifier(schema) + "." + identifier(name);
  }

  /**
   * A table's name for people and fingerprints: quoted only where it must be. Keywords are not
   * quoted, because which words are keywords depends on the server's version.
   */
  static String displayed(String schema, String name) {
    return displayed(schema) + "." + displayed(name);
  }

  private static String displayed(String name) {
    return PLAIN.matcher(name).matches() ? name : identifier(name);
  }

  /** A text as SQL takes it, whatever {@code standard_conforming_strings} says. */
  static String literal(String value) {
    var quoted = "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    return value.indexOf('\\') < 0 ? quoted : "E" + quoted;
  }

  /**
   * A connection string that names only the database. A bare name would not do: libpq takes one
   * with {@code =} in it for a connection string.
   */
  static String connectionString(String database) {
    return "dbname='" + database.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** One word of a POSIX shell. */
  static String shell(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
