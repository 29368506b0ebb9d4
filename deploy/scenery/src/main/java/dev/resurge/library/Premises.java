package dev.resurge.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the application is installed: {@code bin/library} starts and stops it, {@code
 * etc/library.env} holds its settings, {@code files} the attachments.
 */
public record Premises(Path home) {
  /** The control script. */
  public Path script() {
    return home.resolve("bin/library");
  }

  /** The attachments. */
  public Path files() {
    return home.resolve("files");
  }

  /** The application's log. */
  public Path log() {
    return home.resolve("log/library.log");
  }

  /**
   * Installs the application with its settings; its password is readable to this user only.
   *
   * @param java the program that runs it
   * @param classpath what it is run from
   */
  public void install(Settings settings, Path java, String classpath) throws IOException {
    for (var folder : new String[] {"bin", "etc", "files", "log", "run"}) {
      Files.createDirectories(home.resolve(folder));
    }
    var secret = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var environment = Files.createFile(home.resolve("etc/library.env"), secret);
    Files.writeString(
        environment,
        """
        LIBRARY_PORT=%d
        LIBRARY_DATABASE_URL=%s
        LIBRARY_USER=%s
        LIBRARY_PASSWORD=%s
        LIBRARY_FILES=%s
        LIBRARY_JAVA=%s
        LIBRARY_CLASSPATH=%s
        """
            .formatted(
                settings.port(),
                quoted(settings.databaseUrl()),
                quoted(settings.user()),
                quoted(settings.password()),
                quoted(settings.files().toString()),
                quoted(java.toString()),
                quoted(classpath)));
    try (var script = Premises.class.getResourceAsStream("library.sh")) {
      Files.write(script(), script.readAllBytes());
    }
    Files.setPosixFilePermissions(script(), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** As one word of the shell, whatever is in it. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
