package dev.resurge.workflows.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the checkout that are made from the records, or quoted. */
final class RunbookFiles {
  static final Path LIBRARY = root().resolve("runbooks/library.yaml");
  static final Path SCHEMA = root().resolve("runbooks/resurge.schema.json");
  static final Path REFERENCE = root().resolve("docs/runbook.md");

  private RunbookFiles() {}

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String library() {
    return text(LIBRARY);
  }

  static String resource(String name) {
    try (var in = RunbookFiles.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // tests run in their module's folder, or in the checkout when an IDE runs them
  private static Path root() {
    var here = Path.of("").toAbsolutePath();
    return Files.isDirectory(here.resolve("runbooks")) ? here : here.getParent();
  }
}
