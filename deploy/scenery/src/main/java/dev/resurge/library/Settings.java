package dev.resurge.library;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the application is told by its environment, as the file {@code etc/library.env} sets it.
 *
 * @param port where it listens, on the loopback address only
 * @param databaseUrl a JDBC URL without credentials
 * @param files the folder of the attachments
 */
public record Settings(int port, String databaseUrl, String user, String password, Path files) {
  /**
   * Reads {@code LIBRARY_PORT}, {@code LIBRARY_DATABASE_URL}, {@code LIBRARY_USER}, {@code
   * LIBRARY_PASSWORD} and {@code LIBRARY_FILES}.
   *
   * @throws IllegalArgumentException naming the variable that is missing
   */
  public static Settings from(Map<String, String> environment) {
    return new Settings(
        Integer.parseInt(value(environment, "LIBRARY_PORT")),
        value(environment, "LIBRARY_DATABASE_URL"),
        value(environment, "LIBRARY_USER"),
        value(environment, "LIBRARY_PASSWORD"),
        Path.of(value(environment, "LIBRARY_FILES")));
  }

  private static String value(Map<String, String> environment, String name) {
    var value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "the environment variable " + name + " is not set; etc/library.env sets it");
    }
    return value;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Settings[port=%d, database=%s as %s, files=%s]"
        .formatted(port, databaseUrl, user, files);
  }
}
