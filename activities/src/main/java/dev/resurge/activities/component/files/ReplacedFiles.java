package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.Markers.Kept;
import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Keeps what single restored files replace, under the same paths, in a directory beside the live
 * one. What a program wrote between two attempts goes to a second one, for nothing that is kept is
 * ever written over.
 */
final class ReplacedFiles {
  static final String WHY = "replaced files";
  private static final int MOST = 9;
  private final Attempt attempt;
  private final Component.Files component;
  private final Markers markers;
  private final FolderCalls calls;

  ReplacedFiles(Attempt attempt, Component.Files component, Markers markers, FolderCalls calls) {
    this.attempt = attempt;
    this.component = component;
    this.markers = markers;
    this.calls = calls;
  }

  /**
   * Moves what bears {@code name} in the live folder to where it is kept.
   *
   * @param above the names of the folders between the live directory and {@code folder}
   */
  void keep(List<RawName> above, OpenFolder folder, RawName name) {
    for (int number = 1; number <= MOST; number++) {
      if (keepIn(directory(number), above, folder, name)) {
        return;
      }
    }
    throw new ResurgeException(
        ErrorType.TARGET_CHANGED,
        "%s in %s was written anew %d times while it was replaced; stop what writes there"
            .formatted(Symbols.readable(name), component.path(), MOST));
  }

  private boolean keepIn(Path directory, List<RawName> above, OpenFolder folder, RawName name) {
    try (var root = OpenFolder.of(calls, directory)) {
      for (int depth = 0; depth < above.size(); depth++) {
        try (var place = root.descend(above.subList(0, depth))) {
          if (!place.complete()) {
            return false;
          }
          place.folder().make(above.get(depth));
        }
      }
      try (var place = root.descend(above)) {
        return place.complete() && folder.move(name, place.folder());
      }
    }
  }

  /** Makes it if there is none; one that is not marked is ours only if it is empty. */
  private Path directory(int number) {
    var directory = new SiblingNames(component).replaced(attempt.run().id(), number);
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (isOurs(directory)) {
        return directory;
      }
      requireEmpty(directory);
    } catch (IOException e) {
      throw FileFailures.of("could not make the directory " + directory, e);
    }
    markers.kept(directory, new Kept(attempt.run().id(), component.name(), WHY, Optional.empty()));
    return directory;
  }

  private boolean isOurs(Path directory) {
    return markers
        .kept(directory)
        .filter(kept -> kept.run().equals(attempt.run().id()) && kept.why().equals(WHY))
        .isPresent();
  }

  private static void requireEmpty(Path directory) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      if (!Files.isSymbolicLink(directory) && !entries.iterator().hasNext()) {
        return;
      }
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED, "cannot keep what is replaced in " + directory + ": " + e, e);
    }
    throw new ResurgeException(
        ErrorType.TARGET_CHANGED,
        "cannot keep what is replaced in " + directory + ": it is there and is not this run's");
  }

  /** Those that there are. */
  List<Path> directories() {
    var names = new SiblingNames(component);
    return IntStream.rangeClosed(1, MOST)
        .mapToObj(number -> names.replaced(attempt.run().id(), number))
        .filter(directory -> Files.isDirectory(directory) && isOurs(directory))
        .toList();
  }
}
