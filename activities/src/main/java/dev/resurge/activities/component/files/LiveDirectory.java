package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import java.util.Optional;

/** The live directory where a restore in place was approved. */
final class LiveDirectory {
  private final DirectoryIdentities identities;
  private final DirectoryLock lock;
  private final Renames renames;
  private final StagedCopies copies;

  LiveDirectory(
      DirectoryIdentities identities, DirectoryLock lock, Renames renames, StagedCopies copies) {
    this.identities = identities;
    this.lock = lock;
    this.renames = renames;
    this.copies = copies;
  }

  /**
   * Takes its name away at once and then removes it: a directory that is half removed never bears
   * the live name.
   *
   * @throws ResurgeException {@code TargetChanged} if another directory bears the name
   */
  void remove(Attempt attempt, Component.Files component, TargetIdentity live) {
    var names = new SiblingNames(component);
    lock.during(
        names.parent(),
        () -> {
          attempt.checkCancelled();
          var found = identities.of(names.live());
          if (found.isEmpty()) {
            return;
          }
          if (!found.get().equals(live)) {
            throw new ResurgeException(
                ErrorType.TARGET_CHANGED,
                "removing " + names.live() + ": it is " + found.get() + ", planned was " + live);
          }
          copies.markForRemoval(attempt, component, names.live());
          renames.rename(names.live(), names.staged(attempt.run().id(), attempt.token()));
        });
    copies.endEarlierAttempts(attempt, component);
    copies.removeAllBut(Optional.empty(), attempt, component);
  }

  /** Whether it is still there under its name. */
  boolean isThere(Component.Files component, TargetIdentity live) {
    return identities.of(new SiblingNames(component).live()).equals(Optional.of(live));
  }
}
