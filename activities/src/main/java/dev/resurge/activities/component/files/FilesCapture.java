package dev.resurge.activities.component.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resurge.activities.component.files.tar.MalformedArchiveException;
import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.Artifact;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TransferProgress;
import dev.resurge.workflows.runbook.Component;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs a directory with tar into {@code files.tar} and writes beside it, from the same stream,
 * {@code listing.txt} and the fingerprint; so these always say what the archive holds, whatever
 * happens to the files meanwhile.
 */
final class FilesCapture {
  private static final int BUFFER = 256 * 1024;
  private static final int WARNED_MOUNTS = 5;
  private final TarProgram tar;
  private final TreeWalk walk;
  private final DirectoryIdentities identities;
  private final Markers markers;
  private final Clock clock;
  private final MountTable mounts;
  private final Path scratch;

  /**
   * @param scratch a directory for the listing while the archive streams: about 200 bytes a file
   */
  FilesCapture(
      TarProgram tar,
      TreeWalk walk,
      DirectoryIdentities identities,
      Markers markers,
      Clock clock,
      MountTable mounts,
      Path scratch) {
    this.tar = tar;
    this.walk = walk;
    this.identities = identities;
    this.markers = markers;
    this.clock = clock;
    this.mounts = mounts;
    this.scratch = scratch;
  }

  ComponentManifest capture(Attempt attempt, Component.Files component, ArtifactWriter set) {
    var live = new SiblingNames(component).live();
    var target = identities.require(live);
    var version =
        tar.version(attempt, component.name())
            .orElseThrow(
                () -> new ResurgeException(ErrorType.PROGRAM_MISSING, "there is no GNU tar"));
    var before = count(attempt, component, live);
    var start = clock.instant();
    var listing = spool();
    try {
      var packing = new Packing(attempt, component.name(), live, before, listing);
      var archive = set.put(SetArtifacts.ARCHIVE, packing::writeTo);
      var list = set.put(SetArtifacts.LISTING, out -> Files.copy(listing, out));
      if (!identities.require(live).equals(target)) {
        throw new ResurgeException(
            ErrorType.TARGET_CHANGED,
            live + " was " + target + " and became another directory while it was captured");
      }
      var facts = ArchiveFacts.of(place(live), version, packing.tally);
      return manifest(component, target, start, facts, packing, List.of(archive, list));
    } finally {
      delete(listing);
    }
  }

  private static ComponentManifest manifest(
      Component.Files component,
      dev.resurge.workflows.model.TargetIdentity target,
      Instant start,
      ObjectNode facts,
      Packing packing,
      List<Artifact> artifacts) {
    return new ComponentManifest(
        component.name(),
        component.type(),
        target,
        start,
        facts,
        packing.tally.fingerprint(),
        artifacts,
        packing.warnings);
  }

  /** Where the data belongs: what is kept aside is data of the live directory. */
  private Path place(Path directory) {
    return markers
        .kept(directory)
        .flatMap(kept -> SiblingNames.liveOf(directory))
        .orElse(directory);
  }

  private TreeSummary count(Attempt attempt, Component.Files component, Path live) {
    var counting = new TransferProgress(component.name() + ": counting", 0, 0);
    var summary = new TreeSummary(Instant.MAX, () -> attempt.progress(counting));
    walk.walk(attempt, component.name(), live, summary);
    return summary;
  }

  private Path spool() {
    try {
      Files.createDirectories(scratch);
      return Files.createTempFile(
          scratch,
          "listing-",
          ".txt",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID,
          "cannot write the listing to the scratch folder " + scratch + ": " + e.getMessage(),
          e);
    }
  }

  private static void delete(Path listing) {
    try {
      Files.deleteIfExists(listing);
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID,
          "cannot remove the spooled listing " + listing + ": " + e.getMessage(),
          e);
    }
  }

  /** One stream of tar, from its start to its end. */
  private final class Packing {
    private final Attempt attempt;
    private final String component;
    private final Path directory;
    private final long total;
    private final Path listing;
    private final List<String> warnings = new ArrayList<>();
    private Tally tally = new Tally();

    Packing(Attempt attempt, String component, Path directory, TreeSummary before, Path listing) {
      this.attempt = attempt;
      this.component = component;
      this.directory = directory;
      this.total = before.allocated();
      this.listing = listing;
      if (before.tooDeep() > 0) {
        warnings.add(before.tooDeep() + " entries lie too deep for tar to restore them");
      }
      mounts.below(directory).stream()
          .limit(WARNED_MOUNTS)
          .forEach(mount -> warnings.add(mount + " is another file system and was left out"));
    }

    void writeTo(OutputStream out) throws IOException {
      try (var running = tar.create(attempt, component, directory);
          var lines = Files.newBufferedWriter(listing, StandardCharsets.US_ASCII)) {
        running.stdin().close();
        var buffered = new BufferedOutputStream(out, BUFFER);
        tally = scan(running, buffered, lines);
        buffered.flush();
        warnings.addAll(TarProgram.awaitCreated(running, directory));
      }
    }

    private Tally scan(Shell.Running running, OutputStream out, BufferedWriter lines)
        throws IOException {
      try {
        return new ArchiveScan(this::say)
            .scan(running.stdout(), out, entry -> {}, line -> write(lines, line));
      } catch (MalformedArchiveException e) {
        // Half an archive is what a tar that failed or was killed leaves: its own words say why.
        running.stdout().close();
        throw TarProgram.failed(
            "packing " + directory + " (" + e.getMessage() + ")", running.awaitExit(), running);
      }
    }

    private static void write(BufferedWriter lines, String line) throws IOException {
      lines.write(line);
      lines.write('\n');
    }

    private void say(long done) {
      attempt.progress(new TransferProgress(component, done, total));
    }
  }
}
