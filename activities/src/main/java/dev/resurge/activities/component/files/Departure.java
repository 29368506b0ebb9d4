package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.Markers.Staged;
import dev.resurge.activities.component.files.Markers.State;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Path;

/**
 * Removes directories that were live or kept. Each loses its name in one step before anything in it
 * is removed, so that what is half removed is never taken for whole; under its new name it counts
 * as a leftover of the run, whatever becomes of the attempt.
 */
final class Departure {
  private final Markers markers;
  private final Renames renames;
  private final TreeRemoval removal;

  Departure(Markers markers, Renames renames, TreeRemoval removal) {
    this.markers = markers;
    this.renames = renames;
    this.removal = removal;
  }

  /**
   * Takes the name of {@code directory} away. The caller has made sure what it is, and holds the
   * parent's lock. Marked first: an attempt that dies in between has only marked it.
   */
  void begin(Attempt attempt, Component.Files component, Path directory) {
    markers.staged(
        directory,
        new Staged(attempt.run().id(), component.name(), attempt.token(), State.LEAVING, ""));
    renames.rename(
        directory, new SiblingNames(component).away(attempt.run().id(), attempt.token()));
  }

  /** Removes all that this run, or one it continues, has taken the names of; not what it stages. */
  void finish(Attempt attempt, Component.Files component) {
    for (var directory : new SiblingNames(component).allStaged(attempt.run())) {
      if (leaves(attempt, component, directory)) {
        removal.remove(attempt, component.name(), directory);
      }
    }
  }

  private boolean leaves(Attempt attempt, Component.Files component, Path directory) {
    return markers
        .staged(directory)
        .filter(m ->
            m.state() == State.LEAVING
                && attempt.run().owns(m.run())
                && m.component().equals(component.name()))
        .isPresent();
  }
}
