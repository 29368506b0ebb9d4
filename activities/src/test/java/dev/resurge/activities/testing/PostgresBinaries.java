package dev.resurge.activities.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the PostgreSQL server's programs lie. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /** The newest version that packages put in place, else what is on the PATH. */
  static Path folder() {
    var places = new ArrayList<Path>();
    var packages = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(packages)) {
      try (Stream<Path> versions = Files.list(packages)) {
        versions
            .sorted(Comparator.comparingInt(PostgresBinaries::number).reversed())
            .forEach(v -> places.add(v.resolve("bin")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    for (var place : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      places.add(Path.of(place));
    }
    return places.stream()
        .filter(p -> Files.isExecutable(p.resolve("initdb")))
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "these tests need a PostgreSQL server: initdb is neither below"
                    + " /usr/lib/postgresql nor on the PATH; install the package postgresql"));
  }

  private static int number(Path version) {
    var name = version.getFileName().toString();
    return name.matches("\\d+") ? Integer.parseInt(name) : 0;
  }
}
