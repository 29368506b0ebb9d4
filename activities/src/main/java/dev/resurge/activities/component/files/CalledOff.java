package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.Markers.Staged;
import dev.resurge.activities.component.files.Markers.State;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Path;

/**
 * What a run decided not to do any more with a directory, written on the directory itself: a late
 * attempt of the same run, thought dead, reads it before it renames. Read and written while the
 * parent is locked. Other runs do not mind it.
 */
final class CalledOff {
  private final Markers markers;

  CalledOff(Markers markers) {
    this.markers = markers;
  }

  /** Says that the run of {@code attempt} neither swaps in nor removes the directory any more. */
  void mark(Attempt attempt, Component.Files component, Path directory) {
    if (!is(attempt, directory)) {
      markers.staged(
          directory,
          new Staged(attempt.run().id(), component.name(), attempt.token(), State.CALLED_OFF, ""));
    }
  }

  /** Whether the run of {@code attempt} has said so. */
  boolean is(Attempt attempt, Path directory) {
    return markers
        .staged(directory)
        .filter(m -> m.state() == State.CALLED_OFF && m.run().equals(attempt.run().id()))
        .isPresent();
  }
}
