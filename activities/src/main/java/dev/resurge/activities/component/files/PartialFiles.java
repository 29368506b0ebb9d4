package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.Markers.Brought;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.BroughtPart;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.TransferProgress;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings chosen files of a set back: unpacked beside the live directory, then moved into it one by
 * one, what they replace being kept; or, where there is no live directory, placed as one that holds
 * nothing else. The directory bears a mark when all is done, so that doing it twice, or late, does
 * not touch what was written since.
 */
final class PartialFiles {
  private final Unpacking unpacking;
  private final StagedCopies copies;
  private final Markers markers;
  private final DirectoryIdentities identities;
  private final DirectoryLock lock;
  private final Renames renames;
  private final TreeWalk walk;
  private final FolderCalls calls;

  PartialFiles(
      Unpacking unpacking,
      StagedCopies copies,
      Markers markers,
      DirectoryIdentities identities,
      DirectoryLock lock,
      Renames renames,
      TreeWalk walk,
      FolderCalls calls) {
    this.calls = calls;
    this.unpacking = unpacking;
    this.copies = copies;
    this.markers = markers;
    this.identities = identities;
    this.lock = lock;
    this.renames = renames;
    this.walk = walk;
  }

  /**
   * @throws ResurgeException {@code InputInvalid} if a path is none, chooses nothing, or leads
   *     through a symbolic link of the live directory; {@code TargetChanged} if something else than
   *     a directory bears the live name
   */
  BroughtPart bring(
      Attempt attempt,
      Component.Files component,
      ComponentManifest manifest,
      ArtifactReader set,
      Scope scope) {
    var choice = new PathChoice(scope.paths());
    var chosen = new ChosenPaths(manifest, set, choice);
    var summary = chosen.summary();
    var brought =
        new Brought(
            attempt.run().id(),
            component.name(),
            Json.sha256(Json.canonical(manifest) + "\n" + String.join("\n", scope.paths())));
    var part = new Part(attempt, component, manifest, set, choice, chosen, summary, brought);
    copies.endEarlierAttempts(attempt, component);
    if (!isDone(part)) {
      var staged = stage(part);
      lock.during(part.live().getParent(), () -> placeWhereNothingIs(part, staged));
      if (!isDone(part)) {
        // Not the parent's lock: others swap there, and this may take minutes.
        lock.during(part.live(), () -> merge(part, staged));
      }
    }
    copies.removeAllBut(Optional.empty(), attempt, component);
    return result(part);
  }

  /** What is to be brought where. */
  private record Part(
      Attempt attempt,
      Component.Files component,
      ComponentManifest manifest,
      ArtifactReader set,
      PathChoice choice,
      ChosenPaths chosen,
      ChosenPaths.Summary summary,
      Brought brought) {
    Path live() {
      return new SiblingNames(component).live();
    }

    /** Counts on while something is done with every chosen entry. */
    Runnable progress(String doing) {
      var done = new long[1];
      return () ->
          attempt.progress(
              new TransferProgress(component.name() + ": " + doing, ++done[0], summary.entries()));
    }
  }

  private boolean isDone(Part part) {
    return identities.of(part.live()).isPresent()
        && markers.brought(part.live()).filter(part.brought()::equals).isPresent();
  }

  private Path stage(Part part) {
    var finished = copies.complete(part.attempt(), part.component(), part.brought().what());
    copies.removeAllBut(finished, part.attempt(), part.component());
    return finished.orElseGet(() -> build(part));
  }

  private Path build(Part part) {
    var directory = copies.create(part.attempt(), part.component(), part.brought().what());
    var sieve = new ArchiveSieve(part.choice(), part.summary().sources());
    var guard = new ArchiveGuard();
    unpacking.unpack(
        part.attempt(),
        part.component().name(),
        SetArtifacts.archive(part.manifest()),
        part.set(),
        directory,
        (scan, archive, tar) -> scan.unpack(archive, tar, guard, sieve));
    if (sieve.chosen() != part.summary().entries()) {
      throw new ResurgeException(
          ErrorType.SET_CORRUPT,
          "the archive of %s holds %d of the chosen entries, its listing %d"
              .formatted(part.component().name(), sieve.chosen(), part.summary().entries()));
    }
    try (var staged = OpenFolder.of(calls, directory)) {
      PartMerge.dropSources(staged, part.summary().sources());
    }
    markers.staged(directory, markers.staged(directory).orElseThrow().complete());
    Unpacking.makeDurable(directory);
    return directory;
  }

  private void placeWhereNothingIs(Part part, Path staged) {
    part.attempt().checkCancelled(); // who waited for the lock may have been given up meanwhile
    if (!Files.exists(part.live(), LinkOption.NOFOLLOW_LINKS)) {
      markers.brought(staged, part.brought());
      renames.rename(staged, part.live());
    }
    identities.require(part.live());
  }

  private void merge(Part part, Path staged) {
    part.attempt().checkCancelled();
    if (isDone(part)) {
      return;
    }
    var replaced = replaced(part);
    try (var from = OpenFolder.of(calls, staged);
        var to = OpenFolder.of(calls, part.live())) {
      var merge = new PartMerge(part.chosen(), part.choice(), from, to, replaced);
      merge.requireFolders(part.progress("looking"));
      merge.merge(part.progress("moving"));
    }
    unpacking.sync(part.attempt(), part.component().name(), part.live());
    markers.brought(part.live(), part.brought());
  }

  private boolean isStagedBy(Attempt attempt, Path directory) {
    return markers
        .staged(directory)
        .filter(mark -> mark.run().equals(attempt.run().id()))
        .isPresent();
  }

  private ReplacedFiles replaced(Part part) {
    return new ReplacedFiles(part.attempt(), part.component(), markers, calls);
  }

  private BroughtPart result(Part part) {
    if (isStagedBy(part.attempt(), part.live())) {
      markers.clearStaged(part.live()); // it was placed, by this attempt or one that died then
    }
    var next = new ArrayList<String>();
    for (var directory : replaced(part).directories()) {
      var summary = new TreeSummary(Instant.MAX, part.attempt()::checkCancelled);
      walk.walk(part.attempt(), part.component().name(), directory, summary);
      next.add(
          "%d files that were replaced are kept in %s under the same paths; remove it when nobody"
                  .formatted(summary.files(), directory)
              + " will ask for them");
    }
    if (next.isEmpty()) {
      next.add("nothing was replaced");
    }
    return new BroughtPart(
        part.component().name(), part.live().toString(), part.summary().lines(), List.copyOf(next));
  }
}
