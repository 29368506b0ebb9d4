package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Intent;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a directory must be so that it can be captured and swapped. */
final class LiveDirectoryRules {
  private static final int LONGEST_NAME = 255 - SiblingNames.LONGEST_ADDITION;
  private final MountTable mounts;

  LiveDirectoryRules(MountTable mounts) {
    this.mounts = mounts;
  }

  /** Why there is no directory to work with; empty if there is one. */
  Optional<Finding> whyNoDirectory(Component.Files component) {
    try {
      var path = Path.of(component.path());
      if (!path.isAbsolute() || path.normalize().getParent() == null) {
        return refuse(component, "is no absolute directory below /");
      }
      if (!path.normalize().equals(path)) {
        return refuse(component, "has '.' or '..' in it");
      }
      if (Files.isSymbolicLink(path)) {
        return refuse(
            component,
            "is a symbolic link; name the directory itself, for that is what is swapped");
      }
      return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
              || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)
          ? Optional.empty()
          : refuse(component, "is no directory");
    } catch (InvalidPathException e) {
      return refuse(component, "cannot be a path for this worker: " + e.getReason());
    }
  }

  private static Optional<Finding> refuse(Component.Files component, String why) {
    return Optional.of(
        Finding.error(
            ErrorType.INPUT_INVALID, component.name(), "the path " + component.path() + " " + why));
  }

  /** Everything about the directory that stands in the way of {@code intent}. */
  List<Finding> findings(Component.Files component, Intent intent, TreeSummary summary) {
    var findings = new ArrayList<Finding>();
    var live = new SiblingNames(component).live();
    if (intent != Intent.STAGE) {
      findings.addAll(readingFindings(component, live, summary));
    }
    findings.addAll(mountFindings(component, intent, live));
    if (intent.stages()) {
      findings.addAll(besideFindings(component, live));
    }
    return findings;
  }

  /** What stands in the way of reading it, or of keeping it as what it is. */
  private List<Finding> readingFindings(Component.Files component, Path live, TreeSummary summary) {
    var findings = new ArrayList<Finding>();
    if (summary.unreadables() > 0) {
      findings.add(
          Finding.error(
              ErrorType.RIGHTS_MISSING,
              component.name(),
              "%d files or directories in %s cannot be read, such as %s"
                  .formatted(
                      summary.unreadables(), live, String.join(", ", summary.unreadable()))));
    }
    findings.addAll(contentFindings(component, live, summary));
    findings.addAll(markFindings(component, live));
    return findings;
  }

  private List<Finding> markFindings(Component.Files component, Path directory) {
    return canBearMarks(directory)
        ? List.of()
        : List.of(
            Finding.error(
                ErrorType.RIGHTS_MISSING,
                component.name(),
                "the file system of "
                    + directory
                    + " has no user extended attributes to mark it with"));
  }

  private static List<Finding> contentFindings(
      Component.Files component, Path live, TreeSummary summary) {
    var findings = new ArrayList<Finding>();
    if (summary.tooDeep() > 0) {
      findings.add(
          Finding.error(
              ErrorType.INPUT_INVALID,
              component.name(),
              "%d entries of %s have paths of more than 4093 bytes, which tar cannot restore"
                  .formatted(summary.tooDeep(), live)));
    }
    if (summary.sockets() > 0) {
      findings.add(
          Finding.warning(
              ErrorType.INPUT_INVALID,
              component.name(),
              summary.sockets()
                  + " sockets in "
                  + live
                  + " are left out; programs make them anew"));
    }
    return findings;
  }

  private List<Finding> mountFindings(Component.Files component, Intent intent, Path live) {
    var findings = new ArrayList<Finding>();
    boolean restore = intent.replaces(); // a drill leaves it where it is
    if (mounts.isMountPoint(live)) {
      var message = live + " is a mount point, which cannot be swapped; protect a directory in it";
      findings.add(finding(restore, component, message));
    }
    var below = mounts.below(live);
    if (!below.isEmpty()) {
      findings.add(
          finding(
              restore,
              component,
              "other file systems are mounted in %s and are not part of it: %s"
                  .formatted(live, String.join(", ", below.stream().limit(3).toList()))));
    }
    return findings;
  }

  private static Finding finding(boolean error, Component.Files component, String message) {
    return error
        ? Finding.error(ErrorType.INPUT_INVALID, component.name(), message)
        : Finding.warning(ErrorType.INPUT_INVALID, component.name(), message);
  }

  /** What stands in the way of building a copy beside the place. */
  List<Finding> besideFindings(Component.Files component, Path live) {
    var findings = new ArrayList<Finding>();
    if (!Files.isWritable(live.getParent())) {
      findings.add(
          Finding.error(
              ErrorType.RIGHTS_MISSING,
              component.name(),
              live.getParent() + " cannot be written: the copy is to stand there"));
    }
    if (!Files.exists(live, LinkOption.NOFOLLOW_LINKS) || mounts.isMountPoint(live)) {
      findings.addAll(markFindings(component, live.getParent()));
    }
    int length = live.getFileName().toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_NAME) {
      findings.add(
          Finding.error(
              ErrorType.INPUT_INVALID,
              component.name(),
              "the directory's name has %d bytes; with more than %d there is no name for a copy"
                  .formatted(length, LONGEST_NAME)));
    }
    return findings;
  }

  /** Whether the file system keeps extended attributes of users. */
  boolean canBearMarks(Path directory) {
    try {
      return Files.getFileStore(directory)
          .supportsFileAttributeView(UserDefinedFileAttributeView.class);
    } catch (IOException e) {
      return false;
    }
  }
}
