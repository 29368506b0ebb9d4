package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.Markers.Staged;
import dev.resurge.activities.component.files.Markers.State;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.spi.Stageable.Leftover;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The directories that one run builds beside the live one. A directory counts as the run's only if
 * its marker says so, those of runs that it continues being its own; one that bears the name but no
 * mark (an attempt died between making and marking it) is removed only if it is empty.
 */
final class StagedCopies {
  private final Shell shell;
  private final Markers markers;
  private final TreeRemoval removal;

  StagedCopies(Shell shell, Markers markers, TreeRemoval removal) {
    this.shell = shell;
    this.markers = markers;
    this.removal = removal;
  }

  /** Ends what earlier attempts of the run, and runs it continues, left running for it. */
  void endEarlierAttempts(Attempt attempt, Component.Files component) {
    shell.endEarlier(attempt, component.name());
  }

  /** A copy that an earlier attempt of the run completed from that manifest. */
  Optional<Path> complete(Attempt attempt, Component.Files component, String manifestSha256) {
    for (var directory : named(attempt, component)) {
      var mark = markers.staged(directory).filter(m -> isOf(m, attempt, component));
      if (mark.isPresent()
          && mark.get().state() == State.COMPLETE
          && mark.get().manifestSha256().equals(manifestSha256)) {
        return Optional.of(directory);
      }
    }
    return Optional.empty();
  }

  /** Removes all copies of the run but {@code keep}. */
  void removeAllBut(Optional<Path> keep, Attempt attempt, Component.Files component) {
    for (var directory : named(attempt, component)) {
      if (keep.equals(Optional.of(directory))) {
        continue;
      }
      var mark = markers.staged(directory);
      if (mark.filter(m -> isOf(m, attempt, component)).isPresent()) {
        removal.remove(attempt, component.name(), directory);
      } else if (!markers.any(directory)) {
        removeIfEmpty(directory);
      }
    }
  }

  /** Removes the one that this attempt has made, which no other takes before it is complete. */
  void remove(Attempt attempt, Component.Files component, Path directory) {
    removal.remove(attempt, component.name(), directory);
  }

  /** Makes a new one that only its owner can enter, and marks it as being built. */
  Path create(Attempt attempt, Component.Files component, String manifestSha256) {
    var directory = new SiblingNames(component).staged(attempt.run().id(), attempt.token());
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw FileFailures.of("could not make the directory " + directory, e);
    }
    markers.staged(
        directory,
        new Staged(
            attempt.run().id(), component.name(), attempt.token(), State.LOADING, manifestSha256));
    return directory;
  }

  /** The names of this run's copies for the component. */
  List<String> names(Attempt attempt, Component.Files component) {
    return named(attempt, component).stream().map(Path::toString).toList();
  }

  /** Those of any run for the component. */
  List<Leftover> leftovers(Component.Files component, Owner owner) {
    var names = new SiblingNames(component);
    var all = names.allStaged();
    if (all.isEmpty() || markers.owner(names.live()).filter(o -> !o.equals(owner)).isPresent()) {
      return List.of();
    }
    return all.stream()
        .flatMap(directory ->
            markers
                .staged(directory)
                .filter(mark -> mark.component().equals(component.name()))
                .map(mark -> new Leftover(mark.run(), directory.toString()))
                .stream())
        .toList();
  }

  private static boolean isOf(Staged mark, Attempt attempt, Component.Files component) {
    return attempt.run().owns(mark.run()) && mark.component().equals(component.name());
  }

  private static List<Path> named(Attempt attempt, Component.Files component) {
    return new SiblingNames(component).allStaged(attempt.run());
  }

  private static void removeIfEmpty(Path directory) {
    try {
      Files.delete(directory);
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // Not empty and not marked: it is somebody else's, whatever it is called.
    } catch (IOException e) {
      throw FileFailures.of("could not remove the empty " + directory, e);
    }
  }
}
