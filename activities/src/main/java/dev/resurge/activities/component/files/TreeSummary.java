package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.TreeWalk.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a walk found, added up. Hard links are counted as files, their bytes once. */
final class TreeSummary implements Consumer<Item> {
  private static final int NAMED = 3;

  /** PATH_MAX without "./" and the NUL: tar packs what is deeper, but cannot unpack it. */
  private static final int LONGEST_PATH = 4096 - 3;

  private final Instant since;
  private final Runnable everyItem;
  private final List<String> unreadable = new ArrayList<>();
  private long unreadables;
  private long entries;
  private long files;
  private long sockets;
  private long tooDeep;
  private double bytes;
  private double allocated;
  private long changed;
  private Optional<Item> newest = Optional.empty();

  /**
   * @param since what was changed after it is counted
   * @param everyItem run for each thing found
   */
  TreeSummary(Instant since, Runnable everyItem) {
    this.since = since;
    this.everyItem = everyItem;
  }

  @Override
  public void accept(Item item) {
    everyItem.run();
    entries++;
    sockets += item.type() == 's' ? 1 : 0;
    tooDeep += item.path().length() > LONGEST_PATH ? 1 : 0;
    // The parts of a file with several names add up to the file, if all its names are here.
    allocated += item.blocks() * 512.0 / (item.type() == 'd' ? 1 : item.links());
    if (item.type() == 'f') {
      files++;
      bytes += (double) item.size() / item.links();
      if (item.changed().isAfter(since)) {
        changed++;
        newest =
            newest
                .filter(known -> !known.changed().isBefore(item.changed()))
                .or(() -> Optional.of(item));
      }
    }
    if (!item.readable()) {
      unreadables++;
      if (unreadable.size() < NAMED) {
        unreadable.add(item.path().length() == 0 ? "." : item.path().encoded());
      }
    }
  }

  long entries() {
    return entries;
  }

  long files() {
    return files;
  }

  long sockets() {
    return sockets;
  }

  /** How many entries lie so deep that tar could not bring them back. */
  long tooDeep() {
    return tooDeep;
  }

  /** Bytes of all files as programs read them. */
  long bytes() {
    return Math.round(bytes);
  }

  /** Bytes on disk. */
  long allocated() {
    return Math.round(allocated);
  }

  /** How many files and directories could not be read. */
  long unreadables() {
    return unreadables;
  }

  /** The first of them. */
  List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /** How many files were made or changed since. */
  long changed() {
    return changed;
  }

  /** The one changed last. */
  Optional<Item> newest() {
    return newest;
  }
}
