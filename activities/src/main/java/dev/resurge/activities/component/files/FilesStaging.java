package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Component;
import java.nio.file.Path;
import java.util.Optional;

/** Unpacks a captured directory beside the live one. */
final class FilesStaging {
  private final Unpacking unpacking;
  private final StagedCopies copies;
  private final Markers markers;
  private final DirectoryIdentities identities;

  FilesStaging(
      Unpacking unpacking, StagedCopies copies, Markers markers, DirectoryIdentities identities) {
    this.unpacking = unpacking;
    this.copies = copies;
    this.markers = markers;
    this.identities = identities;
  }

  StagedCopy stage(
      Attempt attempt,
      Component.Files component,
      ComponentManifest manifest,
      String manifestSha256,
      ArtifactReader set) {
    copies.endEarlierAttempts(attempt, component);
    var finished = copies.complete(attempt, component, manifestSha256);
    copies.removeAllBut(finished, attempt, component);
    var directory =
        finished.orElseGet(() -> build(attempt, component, manifest, manifestSha256, set));
    return new StagedCopy(
        component.name(),
        directory.toString(),
        identities.require(directory),
        new ByteSize(Long.parseLong(manifest.fingerprint().counts().getOrDefault("bytes", "0"))));
  }

  void discard(Attempt attempt, Component.Files component) {
    copies.endEarlierAttempts(attempt, component);
    copies.removeAllBut(Optional.empty(), attempt, component);
  }

  private Path build(
      Attempt attempt,
      Component.Files component,
      ComponentManifest manifest,
      String manifestSha256,
      ArtifactReader set) {
    var directory = copies.create(attempt, component, manifestSha256);
    var guard = new ArchiveGuard();
    unpacking.unpack(
        attempt,
        component.name(),
        SetArtifacts.archive(manifest),
        set,
        directory,
        (scan, archive, tar) -> scan.unpack(archive, tar, guard));
    attempt.requireWanted(
        directory.toString(), undoing -> copies.remove(undoing, component, directory));
    // Only now: a copy that is marked complete is whole on disk, also after a power failure.
    markers.staged(directory, markers.staged(directory).orElseThrow().complete());
    Unpacking.makeDurable(directory);
    return directory;
  }
}
