package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.MalformedArchiveException;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.TransferProgress;
import dev.resurge.workflows.runbook.Component;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Unpacks a captured directory beside the live one. */
final class FilesStaging {
  private static final int BUFFER = 256 * 1024;
  private static final Duration LONGEST_SYNC = Duration.ofHours(6);
  private final Shell shell;
  private final TarProgram tar;
  private final StagedCopies copies;
  private final Markers markers;
  private final DirectoryIdentities identities;

  FilesStaging(
      Shell shell,
      TarProgram tar,
      StagedCopies copies,
      Markers markers,
      DirectoryIdentities identities) {
    this.shell = shell;
    this.tar = tar;
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
    extract(attempt, component.name(), SetArtifacts.archive(manifest), set, directory);
    sync(attempt, component.name(), directory);
    // Only now: a copy that is marked complete is whole on disk, also after a power failure.
    markers.staged(directory, markers.staged(directory).orElseThrow().complete());
    makeDurable(directory);
    return directory;
  }

  private void extract(
      Attempt attempt, String component, Artifact archive, ArtifactReader set, Path directory) {
    var doing = "unpacking " + archive.path() + " into " + directory;
    try (var stored = set.open(archive);
        var running = tar.extract(attempt, component, directory)) {
      try (var stdin = new BufferedOutputStream(running.stdin(), BUFFER)) {
        feed(attempt, component, archive, stored, stdin);
      } catch (MalformedArchiveException e) {
        throw new ResurgeException(ErrorType.SET_CORRUPT, doing + ": " + e.getMessage(), e);
      } catch (IOException e) {
        // A tar that has ended reads no more; why it ended is worth more than the broken pipe.
        requireSuccess(running, doing);
        throw new ResurgeException(ErrorType.PROGRAM_FAILED, doing + ": " + e.getMessage(), e);
      }
      requireSuccess(running, doing);
    } catch (IOException e) {
      throw new ResurgeException(ErrorType.STORE_UNAVAILABLE, doing + ": " + e.getMessage(), e);
    }
  }

  private static void feed(
      Attempt attempt, String component, Artifact archive, InputStream stored, OutputStream stdin)
      throws IOException {
    var guard = new ArchiveGuard();
    new ArchiveScan(
            done -> attempt.progress(new TransferProgress(component, done, archive.rawBytes())))
        .unpack(new BufferedInputStream(stored, BUFFER), stdin, guard);
  }

  private static void requireSuccess(Shell.Running running, String doing) {
    int exit = running.awaitExit();
    if (exit != 0) {
      throw TarProgram.failed(doing, exit, running);
    }
  }

  /** syncfs(2) through sync(1): everything that was unpacked is on disk when it returns. */
  private void sync(Attempt attempt, String component, Path directory) {
    var program =
        Shell.Program.of(component, List.of("sync", "--file-system", directory.toString()))
            .within(LONGEST_SYNC);
    var result = shell.run(attempt, program);
    if (result.exitCode() != 0) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED,
          "writing " + directory + " to disk with sync: " + result.lastLines());
    }
  }

  private static void makeDurable(Path directory) {
    for (var each : List.of(directory, directory.getParent())) {
      try (var channel = FileChannel.open(each, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        throw new ResurgeException(
            ErrorType.RIGHTS_MISSING, "could not write " + each + " to disk: " + e, e);
      }
    }
  }
}
