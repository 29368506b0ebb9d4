package dev.resurge.activities.platform.host;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs as execvp(3) does, so that a missing one is told by its name. */
final class ProgramFinder {
  private final String path;

  ProgramFinder(String path) {
    this.path = path;
  }

  /**
   * Where a program lies.
   *
   * @param directory what a name with a slash is relative to
   */
  Optional<Path> find(String program, Path directory) {
    if (program.isEmpty()) {
      return Optional.empty();
    }
    return places(program, directory)
        .filter(p -> Files.isRegularFile(p) && Files.isExecutable(p))
        .findFirst();
  }

  private Stream<Path> places(String program, Path directory) {
    return program.contains("/")
        ? Stream.of(directory.toAbsolutePath().resolve(program))
        : Stream.of(path.split(":", -1))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder).toAbsolutePath().resolve(program));
  }

  /**
   * The same for one that must be there.
   *
   * @throws ResurgeException {@code ProgramMissing}
   */
  Path require(String program, Path directory) {
    return find(program, directory)
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.PROGRAM_MISSING,
                "Starting '"
                    + program
                    + "': no such program"
                    + (program.contains("/") ? "" : " on the PATH " + path)));
  }
}
