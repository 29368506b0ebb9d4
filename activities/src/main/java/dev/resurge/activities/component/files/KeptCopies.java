package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.Markers.Kept;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Owner;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Position;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Marks the data that is kept beside the live data after a swap or a swap-back, and lists it. */
final class KeptCopies {
  static final String REPLACED = "replaced";
  static final String REJECTED = "rejected";
  private final FilesSwap swaps;
  private final Markers markers;
  private final TreeWalk walk;
  private final DirectoryIdentities identities;
  private final DirectoryLock lock;
  private final Departure departure;

  KeptCopies(
      FilesSwap swaps,
      Markers markers,
      TreeWalk walk,
      DirectoryIdentities identities,
      DirectoryLock lock,
      Departure departure) {
    this.lock = lock;
    this.departure = departure;
    this.swaps = swaps;
    this.markers = markers;
    this.walk = walk;
    this.identities = identities;
  }

  /** After healthy: the new directory becomes the owner's, the old one a retained copy. */
  Optional<Retained> retain(Attempt attempt, Component.Files component, Owner owner, Swap swap) {
    swaps.requireAfter(component, swap);
    var live = Path.of(swap.liveName());
    markers.owner(live, owner);
    markers.clearStaged(live);
    markers.clearKept(live); // it was, if an earlier restore had replaced it
    if (swap.live().isEmpty()) {
      return Optional.empty();
    }
    var old = Path.of(swap.retainedName());
    markUncounted(attempt, component, old, REPLACED);
    return Optional.of(counted(attempt, component, old, markers.kept(old).orElseThrow()));
  }

  /**
   * After a swap-back: the copy that was live for a while is kept and never staged again. It is
   * counted later, for the system stands still until this returns.
   */
  void markRejected(Attempt attempt, Component.Files component, Swap swap) {
    var copy = Path.of(swap.rejectedName());
    var removedSince = !Files.exists(copy, LinkOption.NOFOLLOW_LINKS);
    if (!removedSince && swaps.position(component, swap) == Position.BACK) {
      markUncounted(attempt, component, copy, REJECTED);
      markers.clearStaged(copy);
    }
  }

  /** All that is kept, by any run. */
  List<Retained> retained(Attempt attempt, Component.Files component) {
    var all = new ArrayList<Retained>();
    for (var directory : new SiblingNames(component).allKept()) {
      markers
          .kept(directory)
          .ifPresent(kept -> all.add(counted(attempt, component, directory, kept)));
    }
    return List.copyOf(all);
  }

  /**
   * What was replaced whole, as it stands, to be swapped in again.
   *
   * @throws ResurgeException {@code InputInvalid} if it is not that; {@code TargetChanged} if it is
   *     not what {@code copy} says
   */
  StagedCopy adopt(Component.Files component, Retained copy) {
    var directory = require(component, copy, "taking");
    if (!copy.why().equals(REPLACED) || !why(directory).equals(REPLACED)) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "did not take "
              + directory
              + ": what is kept there is "
              + why(directory)
              + ", and only what a restore replaced is swapped in again");
    }
    return new StagedCopy(component.name(), directory.toString(), copy.identity(), copy.size());
  }

  /**
   * Removes a kept copy; does nothing if its directory is gone, but for what earlier attempts of
   * this run left of it.
   *
   * @throws ResurgeException {@code TargetChanged} if it is not what {@code copy} says
   */
  void remove(Attempt attempt, Component.Files component, Retained copy) {
    lock.during(
        new SiblingNames(component).parent(),
        () -> {
          attempt.checkCancelled();
          if (Files.exists(Path.of(copy.name()), LinkOption.NOFOLLOW_LINKS)) {
            departure.begin(attempt, component, require(component, copy, "removing"));
          }
        });
    departure.finish(attempt, component);
  }

  private String why(Path directory) {
    return markers.kept(directory).map(Kept::why).orElse("nothing of ours");
  }

  private Path require(Component.Files component, Retained copy, String doing) {
    var directory = Path.of(copy.name());
    if (!new SiblingNames(component).isKept(directory)
        || !identities.of(directory).equals(Optional.of(copy.identity()))
        || markers.kept(directory).isEmpty()) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED,
          doing
              + " the retained copy "
              + directory
              + " ("
              + copy.identity()
              + "): it is "
              + identities.describe(directory)
              + ", or bears no mark of ours any more");
    }
    return directory;
  }

  private void markUncounted(
      Attempt attempt, Component.Files component, Path directory, String why) {
    // what an earlier run kept and this one made live for a while is now kept by this one
    if (markers.kept(directory).filter(k -> k.run().equals(attempt.run().id())).isEmpty()) {
      markers.kept(
          directory, new Kept(attempt.run().id(), component.name(), why, Optional.empty()));
    }
  }

  private Retained counted(Attempt attempt, Component.Files component, Path directory, Kept kept) {
    var size = kept.size().orElseGet(() -> new ByteSize(size(attempt, component, directory)));
    if (kept.size().isEmpty()) {
      markers.kept(
          directory, new Kept(kept.run(), kept.component(), kept.why(), Optional.of(size)));
    }
    return new Retained(
        component.name(),
        directory.toString(),
        identities.require(directory),
        kept.why(),
        kept.run(),
        size);
  }

  private long size(Attempt attempt, Component.Files component, Path directory) {
    var summary = new TreeSummary(Instant.MAX, attempt::checkCancelled);
    walk.walk(attempt, component.name(), directory, summary);
    return summary.allocated();
  }
}
