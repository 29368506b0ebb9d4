package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.runbook.Component;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Proves a set, or a copy made from it, by reading every byte of it. */
final class FilesVerification {
  private static final int BUFFER = 256 * 1024;
  private final TarProgram tar;
  private final DirectoryIdentities identities;
  private final ContentCheck check;

  FilesVerification(TarProgram tar, DirectoryIdentities identities, ContentCheck check) {
    this.tar = tar;
    this.identities = identities;
    this.check = check;
  }

  /** Reads the archive and the listing of the set. */
  List<CheckResult> verify(Attempt attempt, ComponentManifest manifest, ArtifactReader set) {
    try (var archive = new BufferedInputStream(set.open(SetArtifacts.archive(manifest)), BUFFER)) {
      var source = new ContentCheck.Source(archive, new ArchiveGuard(), List::of);
      return List.of(check.compare(attempt, "set", manifest, set, source));
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.STORE_UNAVAILABLE,
          "reading the set's component " + manifest.name() + ": " + e.getMessage(),
          e);
    }
  }

  /** Packs the staged copy again, to nowhere, and compares what tar says with the set. */
  List<CheckResult> verifyStaged(
      Attempt attempt,
      Component.Files component,
      ComponentManifest manifest,
      ArtifactReader set,
      StagedCopy copy) {
    var directory = Path.of(copy.name());
    var found = identities.of(directory);
    if (!found.equals(Optional.of(copy.identity()))) {
      return List.of(
          new CheckResult(
              component.name() + ": the staged copy is the one that was built",
              "staged",
              false,
              copy.identity() + " at " + directory,
              identities.describe(directory),
              Duration.ZERO,
              Optional.empty()));
    }
    try (var running = tar.create(attempt, component.name(), directory)) {
      running.stdin().close();
      var source =
          new ContentCheck.Source(
              running.stdout(), entry -> {}, () -> TarProgram.awaitCreated(running, directory));
      return List.of(check.compare(attempt, "staged", manifest, set, source));
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED, "reading the staged copy " + directory + ": " + e, e);
    }
  }
}
