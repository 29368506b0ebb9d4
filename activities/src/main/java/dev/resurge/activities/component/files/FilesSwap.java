package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lets the restored copy bear the live name, and the old data again. Every step looks at which
 * directory bears which name, by inode, makes one rename and looks again; so it goes on from
 * wherever an earlier attempt, or a power failure, left it.
 *
 * <p>A process that still has files of the old directory open goes on writing to them under their
 * new name: such writes are in the retained copy, nothing is lost.
 */
final class FilesSwap {
  private final DirectoryIdentities identities;
  private final DirectoryLock lock;
  private final Renames renames;
  private final CalledOff calledOff;

  FilesSwap(
      DirectoryIdentities identities, DirectoryLock lock, Renames renames, CalledOff calledOff) {
    this.calledOff = calledOff;
    this.identities = identities;
    this.lock = lock;
    this.renames = renames;
  }

  Swap swapFor(
      Attempt attempt,
      Component.Files component,
      Optional<TargetIdentity> live,
      TargetIdentity predecessor,
      StagedCopy copy) {
    var names = new SiblingNames(component);
    var run = attempt.run().id();
    return new Swap(
        component.name(),
        names.live().toString(),
        live,
        predecessor,
        copy.name(),
        copy.identity(),
        names.retained(run).toString(),
        names.rejected(run).toString());
  }

  Position position(Component.Files component, Swap swap) {
    return state(new Names(component, swap), swap).position();
  }

  /** What bears each of the four names, one line each. */
  String describeWorld(Component.Files component, Swap swap) {
    var names = new Names(component, swap);
    return "live %s: %s, expected %s or %s\nstaged %s: %s\nretained %s: %s\nrejected %s: %s"
        .formatted(
            names.live,
            identities.describe(names.live),
            swap.live().map(TargetIdentity::value).orElse("nothing"),
            swap.staged(),
            names.staged,
            identities.describe(names.staged),
            names.retained,
            identities.describe(names.retained),
            names.rejected,
            identities.describe(names.rejected));
  }

  void cutOver(Attempt attempt, Component.Files component, Swap swap) {
    var names = new Names(component, swap);
    lock.during(
        names.live.getParent(),
        () -> {
          attempt.checkCancelled(); // who waited for the lock may have been given up meanwhile
          refuseLate(attempt, names, swap);
          while (forward(state(names, swap), names, component, swap)) {
            // one rename a time, each after a fresh look
          }
        });
  }

  /** A run that has gone back never goes forward again: who tries is an attempt thought dead. */
  private void refuseLate(Attempt attempt, Names names, Swap swap) {
    if (bearer(names.staged, swap).equals("N") && calledOff.is(attempt, names.staged)) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED,
          "did not swap in " + names.staged + ": this run has gone back to the old data meanwhile");
    }
  }

  /** One rename towards AFTER; false if that is reached. */
  private boolean forward(SwapState state, Names names, Component.Files component, Swap swap) {
    switch (state) {
      case BEFORE -> {
        if (!renames.exchange(names.live, names.staged)) {
          renames.rename(names.live, names.retained);
        }
      }
      case EXCHANGED -> renames.rename(names.staged, names.retained);
      case LIVE_AWAY -> renames.rename(names.staged, names.live);
      case EXCHANGED_BACK -> renames.rename(names.retained, names.staged);
      case COPY_AWAY -> renames.rename(names.rejected, names.live);
      case UNPLACED -> renames.rename(names.staged, names.live);
      case AFTER, PLACED -> {
        return false;
      }
      case BACK, TAKEN_BACK ->
          throw new ResurgeException(
              ErrorType.TARGET_CHANGED,
              "did not swap in "
                  + names.rejected
                  + ": it was live before and rejected; a rejected copy is never used again");
      case REMOVED, CHANGED -> throw changed("swap in the restored copy", component, swap);
    }
    return true;
  }

  void swapBack(Attempt attempt, Component.Files component, Swap swap) {
    var names = new Names(component, swap);
    lock.during(
        names.live.getParent(),
        () -> {
          attempt.checkCancelled();
          while (backward(state(names, swap), names, component, swap)) {
            // one rename a time, each after a fresh look
          }
          if (bearer(names.staged, swap).equals("N")) {
            calledOff.mark(attempt, component, names.staged);
          }
        });
  }

  /** One rename towards the old data; false if it is live. */
  private boolean backward(SwapState state, Names names, Component.Files component, Swap swap) {
    switch (state) {
      case AFTER -> {
        if (!renames.exchange(names.live, names.retained)) {
          renames.rename(names.live, names.rejected);
        }
      }
      case EXCHANGED -> {
        if (!renames.exchange(names.live, names.staged)) {
          renames.rename(names.staged, names.retained); // AFTER, from where two renames lead back
        }
      }
      case LIVE_AWAY, COPY_AWAY -> renames.rename(names.retained, names.live);
      case EXCHANGED_BACK -> renames.rename(names.retained, names.rejected);
      case PLACED -> renames.rename(names.live, names.rejected);
      case BEFORE, BACK, UNPLACED, TAKEN_BACK, REMOVED -> {
        return false;
      }
      case CHANGED -> throw changed("swap back to the old data", component, swap);
    }
    return true;
  }

  /**
   * @throws ResurgeException {@code TargetChanged} unless the swap is complete
   */
  void requireAfter(Component.Files component, Swap swap) {
    if (position(component, swap) != Position.AFTER) {
      throw changed("keep the old data", component, swap);
    }
  }

  private ResurgeException changed(String doing, Component.Files component, Swap swap) {
    return new ResurgeException(
        ErrorType.TARGET_CHANGED,
        "did not " + doing + " of " + component.name() + ":\n" + describeWorld(component, swap));
  }

  private SwapState state(Names names, Swap swap) {
    return SwapState.of(
        bearer(names.live, swap)
            + bearer(names.staged, swap)
            + bearer(names.retained, swap)
            + bearer(names.rejected, swap),
        swap.live().isPresent());
  }

  private String bearer(Path name, Swap swap) {
    var identity = identities.of(name);
    if (identity.isPresent() && identity.equals(swap.live())) {
      return "O";
    }
    if (identity.equals(Optional.of(swap.staged()))) {
      return "N";
    }
    return Files.exists(name, LinkOption.NOFOLLOW_LINKS) ? "?" : "-";
  }

  /** The swap's names as paths, all beside the component's directory. */
  private static final class Names {
    private final Path live;
    private final Path staged;
    private final Path retained;
    private final Path rejected;

    Names(Component.Files component, Swap swap) {
      live = Path.of(swap.liveName());
      staged = Path.of(swap.stagedName());
      retained = Path.of(swap.retainedName());
      rejected = Path.of(swap.rejectedName());
      var expected = new SiblingNames(component);
      for (var path : java.util.List.of(live, staged, retained, rejected)) {
        if (!expected.parent().equals(path.getParent()) || !live.equals(expected.live())) {
          throw new ResurgeException(
              ErrorType.TARGET_CHANGED,
              "the swap is of " + live + " with " + path + ", the runbook says " + expected.live());
        }
      }
    }
  }
}
