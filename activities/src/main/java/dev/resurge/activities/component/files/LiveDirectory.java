package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;

/** The live directory where a restore in place was approved. */
final class LiveDirectory {
  private final DirectoryIdentities identities;
  private final DirectoryLock lock;
  private final Departure departure;
  private final CalledOff calledOff;

  LiveDirectory(
      DirectoryIdentities identities,
      DirectoryLock lock,
      Departure departure,
      CalledOff calledOff) {
    this.identities = identities;
    this.lock = lock;
    this.departure = departure;
    this.calledOff = calledOff;
  }

  /**
   * Takes its name away at once and then removes it: a directory that is half removed never bears
   * the live name.
   *
   * @throws ResurgeException {@code TargetChanged} if something else bears the name, or if this run
   *     has gone back to the directory meanwhile
   */
  void remove(Attempt attempt, Component.Files component, TargetIdentity live) {
    var names = new SiblingNames(component);
    lock.during(
        names.parent(),
        () -> {
          attempt.checkCancelled(); // who waited for the lock may have been given up meanwhile
          if (Files.exists(names.live(), LinkOption.NOFOLLOW_LINKS)) {
            requirePlanned(attempt, names, live);
            departure.begin(attempt, component, names.live());
          }
        });
    departure.finish(attempt, component);
  }

  private void requirePlanned(Attempt attempt, SiblingNames names, TargetIdentity live) {
    if (!identities.of(names.live()).equals(Optional.of(live))) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED,
          "removing %s: it is %s, planned was %s"
              .formatted(names.live(), identities.describe(names.live()), live));
    }
    if (calledOff.is(attempt, names.live())) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED,
          "did not remove " + names.live() + ": this run has gone back to it meanwhile");
    }
  }

  /**
   * Whether it is still there under its name. Then no attempt of this run removes it any more, also
   * none that is late.
   */
  boolean reopen(Attempt attempt, Component.Files component, TargetIdentity live) {
    var names = new SiblingNames(component);
    var isThere = new boolean[1];
    lock.during(
        names.parent(),
        () -> {
          isThere[0] = identities.of(names.live()).equals(Optional.of(live));
          if (isThere[0]) {
            calledOff.mark(attempt, component, names.live());
          }
        });
    return isThere[0];
  }
}
