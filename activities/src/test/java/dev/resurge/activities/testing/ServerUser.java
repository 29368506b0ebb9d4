package dev.resurge.activities.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** As whom a server runs that refuses root: {@code postgres} or {@code nobody}; else ourselves. */
final class ServerUser {
  private ServerUser() {}

  /** The command line that runs a program as that user. */
  static List<String> command(List<String> argv) {
    if (!isRoot()) {
      return argv;
    }
    var user = name();
    var whole = new ArrayList<>(List.of("setpriv", "--reuid=" + user, "--clear-groups"));
    whole.add("--regid=" + group(user));
    whole.addAll(argv);
    return whole;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String name() {
    try (Stream<String> users = Files.lines(Path.of("/etc/passwd"))) {
      return users.anyMatch(u -> u.startsWith("postgres:")) ? "postgres" : "nobody";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String group(String user) {
    try (Stream<String> users = Files.lines(Path.of("/etc/passwd"))) {
      return users
          .filter(u -> u.startsWith(user + ":"))
          .map(u -> u.split(":", -1)[3])
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a folder and what lies in it that user's. */
  static void give(Path path) throws IOException {
    if (isRoot()) {
      var users = path.getFileSystem().getUserPrincipalLookupService();
      var user = users.lookupPrincipalByName(name());
      Files.setOwner(path, user);
      try (Stream<Path> files = Files.list(path)) {
        for (var file : files.toList()) {
          Files.setOwner(file, user);
        }
      }
    }
  }
}
