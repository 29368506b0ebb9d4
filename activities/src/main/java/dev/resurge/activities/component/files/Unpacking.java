package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.MalformedArchiveException;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TransferProgress;
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

/** Lets tar unpack an archive of a set, entry by entry as they are admitted. */
final class Unpacking {
  private static final int BUFFER = 256 * 1024;
  private static final Duration LONGEST_SYNC = Duration.ofHours(6);
  private final Shell shell;
  private final TarProgram tar;

  Unpacking(Shell shell, TarProgram tar) {
    this.shell = shell;
    this.tar = tar;
  }

  /** Passes on to tar what it is to unpack. */
  @FunctionalInterface
  interface Feed {
    void pass(ArchiveScan scan, InputStream archive, OutputStream tar) throws IOException;
  }

  /** Unpacks what {@code feed} passes on; all of it is on disk when this returns. */
  void unpack(
      Attempt attempt,
      String component,
      Artifact archive,
      ArtifactReader set,
      Path directory,
      Feed feed) {
    var doing = "unpacking " + archive.path() + " into " + directory;
    try (var stored = set.open(archive);
        var running = tar.extract(attempt, component, directory)) {
      try (var stdin = new BufferedOutputStream(running.stdin(), BUFFER)) {
        feed.pass(
            scan(attempt, component, archive), new BufferedInputStream(stored, BUFFER), stdin);
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
    sync(attempt, component, directory);
  }

  private static ArchiveScan scan(Attempt attempt, String component, Artifact archive) {
    return new ArchiveScan(
        done -> attempt.progress(new TransferProgress(component, done, archive.rawBytes())));
  }

  private static void requireSuccess(Shell.Running running, String doing) {
    int exit = running.awaitExit();
    if (exit != 0) {
      throw TarProgram.failed(doing, exit, running);
    }
  }

  /** syncfs(2) through sync(1): everything that was unpacked is on disk when it returns. */
  void sync(Attempt attempt, String component, Path directory) {
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

  /** Writes the directory's own attributes and its name to disk. */
  static void makeDurable(Path directory) {
    for (var each : List.of(directory, directory.getParent())) {
      try (var channel = FileChannel.open(each, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        throw FileFailures.of("could not write " + each + " to disk", e);
      }
    }
  }
}
