package dev.resurge.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The attachments: files under one folder, in subfolders. */
final class Shelf {
  private final Path root;

  Shelf(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** How much lies on the shelf. */
  record Content(long files, long bytes) {}

  /** Fails if the folder cannot be read. */
  void ping() throws IOException {
    if (!Files.isDirectory(root) || !Files.isReadable(root)) {
      throw new IOException(root + " is no folder that can be read");
    }
  }

  /** Counts the regular files. */
  Content content() throws IOException {
    try (var all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> new Content(1, size(file)))
          .reduce(
              new Content(0, 0),
              (a, b) -> new Content(a.files() + b.files(), a.bytes() + b.bytes()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The file at a path relative to the shelf; never one outside of it. */
  Optional<Path> find(String relative) throws IOException {
    try {
      var file = root.resolve(relative).normalize();
      if (!file.startsWith(root) || !Files.isRegularFile(file)) {
        return Optional.empty();
      }
      // a link may lead out of the shelf
      return file.toRealPath().startsWith(root.toRealPath()) ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
