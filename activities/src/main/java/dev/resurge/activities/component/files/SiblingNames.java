package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the directories beside the live one are called: {@code .library.resurge-7f2c-k3f9a1b2} while
 * a copy is built (hidden, for it is not for use), {@code library.resurge-retained-7f2c}, {@code
 * library.resurge-rejected-7f2c} and {@code library.resurge-replaced-7f2c} for what is kept
 * (visible, for people are to find it).
 */
final class SiblingNames {
  /** What we add to a name at most; the rest of 255 bytes is the directory's own. */
  static final int LONGEST_ADDITION = ".".length() + ".resurge-".length() + 4 + 1 + 8 + 5;

  private static final Pattern KEPT =
      Pattern.compile("(.+)\\.resurge-(?:retained|rejected|replaced)-[a-z0-9]{4}(?:-\\d)?");

  private final Path live;

  SiblingNames(Component.Files component) {
    this.live = Path.of(component.path()).normalize();
  }

  Path live() {
    return live;
  }

  Path parent() {
    return live.getParent();
  }

  Path staged(RunId run, String token) {
    return live.resolveSibling(stagedPrefix(run) + token);
  }

  /** For what is about to be removed: with the copies of the run, so that it goes with them. */
  Path away(RunId run, String token) {
    return live.resolveSibling(stagedPrefix(run) + token + "-away");
  }

  Path retained(RunId run) {
    return live.resolveSibling(live.getFileName() + ".resurge-retained-" + run.shortName());
  }

  Path rejected(RunId run) {
    return live.resolveSibling(live.getFileName() + ".resurge-rejected-" + run.shortName());
  }

  /** For files that a partial restore replaced; the second is for what came between. */
  Path replaced(RunId run, int number) {
    return live.resolveSibling(
        live.getFileName()
            + ".resurge-replaced-"
            + run.shortName()
            + (number == 1 ? "" : "-" + number));
  }

  /**
   * Directories beside that have the name of a copy staged by {@code run}, or by one it continues.
   */
  List<Path> allStaged(Run run) {
    var all = new ArrayList<Path>();
    for (var owned : run.owned()) {
      all.addAll(beginningWith(stagedPrefix(owned)));
    }
    return List.copyOf(all);
  }

  /** Directories beside that have the name of a copy staged by any run. */
  List<Path> allStaged() {
    return beginningWith(stagedPrefix());
  }

  /** Directories beside that have the name of something kept, by any run. */
  List<Path> allKept() {
    return beginningWith(live.getFileName() + ".resurge-re");
  }

  /** Whether {@code directory} stands beside and has the name of something kept. */
  boolean isKept(Path directory) {
    return parent().equals(directory.getParent())
        && liveOf(directory).filter(live::equals).isPresent();
  }

  /** The live directory that something kept is of, by its name; empty if it has no such name. */
  static Optional<Path> liveOf(Path kept) {
    var name = KEPT.matcher(kept.getFileName().toString());
    return name.matches() ? Optional.of(kept.resolveSibling(name.group(1))) : Optional.empty();
  }

  private String stagedPrefix(RunId run) {
    return stagedPrefix() + run.shortName() + "-";
  }

  private String stagedPrefix() {
    return "." + live.getFileName() + ".resurge-";
  }

  private List<Path> beginningWith(String prefix) {
    try (var siblings = Files.list(parent())) {
      return siblings
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .filter(path -> Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileFailures.of("could not list " + parent(), e);
    }
  }
}
