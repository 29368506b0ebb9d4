package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.RunId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The schema's archive as a file, which parallel index builds need, in a folder that only we can
 * read. Gone when closed; what a killed worker left is removed by the run's next attempt.
 */
final class SchemaSpool implements AutoCloseable {
  private final Path folder;

  private SchemaSpool(Path folder) {
    this.folder = folder;
  }

  /** Reads the archive to its end, which checks it, into a file. */
  static SchemaSpool of(Attempt attempt, String component, InputStream archive) {
    try {
      var folder =
          Files.createTempDirectory(
              prefix(attempt.run().id(), component),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var spool = new SchemaSpool(folder);
      try {
        Files.createFile(
            spool.file(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newOutputStream(spool.file())) {
          archive.transferTo(out);
        }
        return spool;
      } catch (IOException | RuntimeException e) {
        spool.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("spooling the schema's archive", e);
    }
  }

  /**
   * Removes what earlier attempts of this run, and of those that it continues, left for the
   * component; their programs have ended.
   */
  static void removeLeft(Attempt attempt, String component) {
    attempt.run().owned().forEach(run -> removeAll(prefix(run, component)));
  }

  private static void removeAll(String prefix) {
    try (var folders =
        Files.newDirectoryStream(
            Path.of(System.getProperty("java.io.tmpdir")),
            path -> path.getFileName().toString().startsWith(prefix))) {
      for (var folder : folders) {
        new SchemaSpool(folder).close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("removing spooled archives of earlier attempts", e);
    }
  }

  /** The archive. */
  Path file() {
    return folder.resolve("schema.dump");
  }

  @Override
  public void close() {
    try {
      for (var path : List.of(file(), folder)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("removing the spooled archive " + file(), e);
    }
  }

  private static String prefix(RunId run, String component) {
    return "resurge-" + run.value() + "-" + component + "-";
  }
}
