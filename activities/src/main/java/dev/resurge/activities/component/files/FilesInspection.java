package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.ComponentDriver.Inspection;
import dev.resurge.activities.spi.ComponentDriver.Room;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TargetIdentity;
import dev.resurge.workflows.model.TransferProgress;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a directory and at the place beside it. Changes nothing. */
final class FilesInspection {
  private final LiveDirectoryRules rules;
  private final RestoreRights rights;
  private final TarProgram tar;
  private final TreeWalk walk;
  private final Markers markers;
  private final DirectoryIdentities identities;
  private final Clock clock;

  FilesInspection(
      LiveDirectoryRules rules,
      RestoreRights rights,
      TarProgram tar,
      TreeWalk walk,
      Markers markers,
      DirectoryIdentities identities,
      Clock clock) {
    this.rules = rules;
    this.rights = rights;
    this.tar = tar;
    this.walk = walk;
    this.markers = markers;
    this.identities = identities;
    this.clock = clock;
  }

  Inspection inspect(
      Attempt attempt, Component.Files component, Intent intent, Optional<ComponentManifest> set) {
    var findings = new ArrayList<Finding>();
    if (intent == Intent.READ) {
      return nothing(component, findings);
    }
    if (tar.version(attempt, component.name()).isEmpty()) {
      findings.add(
          Finding.error(
              ErrorType.PROGRAM_MISSING,
              component.name(),
              "GNU tar is needed (the package tar); there is none on the PATH"));
    }
    var unfit = rules.whyNoDirectory(component);
    if (unfit.isPresent()) {
      findings.add(unfit.get());
      return nothing(component, findings);
    }
    var live = new SiblingNames(component).live();
    try {
      if (!Files.exists(live, LinkOption.NOFOLLOW_LINKS)) {
        return absent(attempt, component, intent, set, live, findings);
      }
      return present(attempt, component, intent, set, live, findings);
    } catch (ResurgeException e) {
      findings.add(Finding.error(e.type(), component.name(), e.getMessage()));
      return nothing(component, findings);
    }
  }

  /** Where nothing is, a copy may stand; its parent must be there, for it may be a mount point. */
  private Inspection absent(
      Attempt attempt,
      Component.Files component,
      Intent intent,
      Optional<ComponentManifest> set,
      Path live,
      List<Finding> findings) {
    if (!Files.isDirectory(live.getParent())) {
      findings.add(
          Finding.error(
              ErrorType.INPUT_INVALID,
              component.name(),
              "the path %s does not exist, and neither does the directory it is in"
                  .formatted(component.path())));
      return nothing(component, findings);
    }
    if (intent.stages()) {
      findings.addAll(rules.besideFindings(component, live));
      set.ifPresent(manifest -> findings.addAll(rights.findings(attempt, component, manifest)));
    }
    var room = set.map(manifest -> room(live, ArchiveFacts.of(manifest).allocated()));
    return new Inspection(
        Optional.empty(),
        Optional.of("the path " + component.path() + " does not exist"),
        component.path(),
        new ByteSize(0),
        Optional.empty(),
        Optional.of(clock.instant()),
        findings,
        room);
  }

  private Inspection present(
      Attempt attempt,
      Component.Files component,
      Intent intent,
      Optional<ComponentManifest> set,
      Path live,
      List<Finding> findings) {
    var summary = summarize(attempt, component, live, Instant.MAX);
    findings.addAll(rules.findings(component, intent, summary));
    if (intent.stages()) {
      set.ifPresent(manifest -> findings.addAll(rights.findings(attempt, component, manifest)));
    }
    var needed =
        set.map(manifest -> ArchiveFacts.of(manifest).allocated()).orElseGet(summary::allocated);
    return new Inspection(
        identity(live),
        Optional.empty(),
        component.path(),
        new ByteSize(summary.bytes()),
        rules.canBearMarks(live) ? markers.owner(live) : Optional.empty(),
        Optional.of(clock.instant()),
        findings,
        Optional.of(room(live, needed)));
  }

  /** What the live directory has now that the set has not, as far as its times tell. */
  List<String> givenUp(Attempt attempt, Component.Files component, ComponentManifest manifest) {
    var live = new SiblingNames(component).live();
    if (identities.of(live).isEmpty()) {
      return List.of(component.path() + " is not there: nothing would be given up");
    }
    var now = summarize(attempt, component, live, manifest.recoveryPoint());
    var counts = manifest.fingerprint().counts();
    var lines = new ArrayList<String>();
    lines.add(
        "now %d files with %s; the set has %s files with %s"
            .formatted(
                now.files(),
                new ByteSize(now.bytes()).human(),
                counts.get("files"),
                new ByteSize(Long.parseLong(counts.get("bytes"))).human()));
    lines.add(
        now.newest()
            .map(newest ->
                "%d files were made or changed after the recovery point, the last at %s: %s"
                    .formatted(now.changed(), newest.changed(), newest.path().encoded()))
            .orElse("no file was made or changed after the recovery point"));
    return lines;
  }

  private TreeSummary summarize(
      Attempt attempt, Component.Files component, Path live, Instant since) {
    var counting = new TransferProgress(component.name() + ": counting", 0, 0);
    var summary = new TreeSummary(since, () -> attempt.progress(counting));
    walk.walk(attempt, component.name(), live, summary);
    return summary;
  }

  private Optional<TargetIdentity> identity(Path live) {
    return identities.of(live);
  }

  private static Room room(Path live, long needed) {
    try {
      var store = Files.getFileStore(live.getParent());
      return new Room(
          live.getParent() + " (" + store.name() + ")",
          new ByteSize(store.getUsableSpace()),
          new ByteSize(needed));
    } catch (IOException e) {
      throw FileFailures.of("cannot tell the room beside " + live, e);
    }
  }

  private static Inspection nothing(Component.Files component, List<Finding> findings) {
    return new Inspection(
        Optional.empty(),
        Optional.empty(),
        component.path(),
        new ByteSize(0),
        Optional.empty(),
        Optional.empty(),
        findings,
        Optional.empty());
  }
}
