package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.OpenFolder.Descent;
import dev.resurge.activities.component.files.OpenFolder.Found;
import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.List;

/**
 * Moves the chosen entries of a staged part into the live directory, each by one rename into a
 * place that was made free by one rename. Where it stands is seen from the names alone: what is no
 * longer staged is in its place. So it goes on from wherever an earlier attempt left it.
 *
 * <p>A folder that is there already stays as it is and keeps what the set does not hold.
 */
final class PartMerge {
  private static final int PATIENCE = 100;
  private final ChosenPaths chosen;
  private final PathChoice choice;
  private final OpenFolder staged;
  private final OpenFolder live;
  private final ReplacedFiles replaced;

  PartMerge(
      ChosenPaths chosen,
      PathChoice choice,
      OpenFolder staged,
      OpenFolder live,
      ReplacedFiles replaced) {
    this.chosen = chosen;
    this.choice = choice;
    this.staged = staged;
    this.live = live;
    this.replaced = replaced;
  }

  /**
   * Looks whether every chosen entry has a folder to go to; moves nothing.
   *
   * @throws ResurgeException {@code InputInvalid} if a file or a symbolic link stands where the set
   *     has a folder that is not itself chosen: nothing is written through it
   */
  void requireFolders(Runnable everyEntry) {
    chosen.forEachChosen((line, path) -> {
      everyEntry.run();
      var parts = names(path);
      try (var to = live.descend(parts.subList(0, parts.size() - 1))) {
        if (to.next() == Found.OTHER) {
          var blocked = prefix(path, to.depth() + 1);
          if (!choice.contains(blocked)) {
            throw new ResurgeException(
                ErrorType.INPUT_INVALID,
                "%s cannot be brought back: %s is a folder in the set, and in the live directory a"
                        .formatted(Symbols.readable(path), Symbols.readable(blocked))
                    + " symbolic link or a file, which is not gone through; choose "
                    + Symbols.readable(blocked)
                    + " itself to replace it");
          }
        }
      }
    });
  }

  /** Moves what is still staged. */
  void merge(Runnable everyEntry) {
    chosen.forEachChosen((line, path) -> {
      everyEntry.run();
      var parts = names(path);
      var above = parts.subList(0, parts.size() - 1);
      for (int tries = 0; !place(path, above, parts.getLast()); tries++) {
        if (tries == PATIENCE) {
          throw new ResurgeException(
              ErrorType.TARGET_CHANGED,
              "the folder of "
                  + Symbols.readable(path)
                  + " changes all the time; stop what writes");
        }
      }
    });
  }

  /** One look and at most one rename; true if the entry is in its place. */
  private boolean place(RawName path, List<RawName> above, RawName name) {
    try (var from = staged.descend(above)) {
      var what = from.complete() ? from.folder().look(name) : Found.NOTHING;
      if (what == Found.NOTHING) {
        return true;
      }
      try (var to = live.descend(above)) {
        if (to.complete()) {
          return replace(what, from.folder(), to.folder(), above, name);
        }
        if (to.next() == Found.OTHER) {
          throw new ResurgeException(
              ErrorType.TARGET_CHANGED,
              "the folder of " + Symbols.readable(path) + " was replaced by something else");
        }
        bringFolder(above, to);
        return false;
      }
    }
  }

  private boolean replace(
      Found what, OpenFolder from, OpenFolder to, List<RawName> above, RawName name) {
    var there = to.look(name);
    if (there == Found.FOLDER && what == Found.FOLDER) {
      return true;
    }
    if (there != Found.NOTHING) {
      replaced.keep(above, to, name);
      return false;
    }
    return from.move(name, to);
  }

  /** A folder that is missing comes from the set with all that is chosen in it. */
  private void bringFolder(List<RawName> above, Descent to) {
    try (var from = staged.descend(above.subList(0, to.depth()))) {
      from.folder().move(above.get(to.depth()), to.folder());
    }
  }

  /**
   * Takes the names away that were unpacked only because hard links share their content, and the
   * folders that hold nothing else; none of these is chosen, for its files would be then.
   */
  static void dropSources(OpenFolder staged, Iterable<RawName> sources) {
    for (var source : sources) {
      var parts = names(source);
      try (var folder = staged.descend(parts.subList(0, parts.size() - 1))) {
        if (folder.complete()) {
          folder.folder().removeFile(parts.getLast());
        }
      }
      boolean empty = true;
      for (int depth = parts.size() - 1; empty && depth > 0; depth--) {
        try (var folder = staged.descend(parts.subList(0, depth - 1))) {
          empty = folder.complete() && folder.folder().removeEmpty(parts.get(depth - 1));
        }
      }
    }
  }

  private static List<RawName> names(RawName path) {
    var parts = path.parts();
    for (var part : parts) {
      if (part.length() == 0 || part.equals(RawName.of(".")) || part.equals(RawName.of(".."))) {
        throw new ResurgeException(
            ErrorType.ARCHIVE_UNSAFE, "the listing names " + path + ", which is no path below");
      }
    }
    return parts;
  }

  private static RawName prefix(RawName path, int depth) {
    int slashes = 0;
    for (int i = 0; i < path.length(); i++) {
      if (path.at(i) == '/' && ++slashes == depth) {
        return path.prefix(i);
      }
    }
    return path;
  }
}
