package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.activities.component.files.tar.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Lets only the chosen entries of an archive through, and before them the folders they lie in, so
 * that these get the attributes they had. Holds the headers of the folders above the present entry.
 */
final class ArchiveSieve {
  private final PathChoice choice;
  private final Set<RawName> sources;
  private final Deque<Folder> above = new ArrayDeque<>();
  private long chosen;

  /**
   * @param sources files that are let through although not chosen: hard links share their content
   */
  ArchiveSieve(PathChoice choice, Set<RawName> sources) {
    this.choice = choice;
    this.sources = sources;
  }

  /** A folder that is let through only if something in it is. */
  private record Folder(RawName path, ByteArrayOutputStream headers) {}

  /** Where the entry that comes next goes. */
  static final class Outlet extends OutputStream {
    private final OutputStream tar;
    private OutputStream target;

    Outlet(OutputStream tar) {
      this.tar = tar;
      this.target = tar;
    }

    @Override
    public void write(int b) throws IOException {
      target.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      target.flush();
    }
  }

  /** How many chosen entries were let through. */
  long chosen() {
    return chosen;
  }

  /** Decides about an entry before any of it is passed on. */
  void direct(TarEntry entry, Outlet outlet) throws IOException {
    var path = entry.name().relative();
    while (!above.isEmpty() && !above.getLast().path().contains(path)) {
      above.removeLast();
    }
    boolean isChosen = choice.contains(path);
    if (isChosen || sources.contains(path)) {
      for (var folder : above) {
        folder.headers().writeTo(outlet.tar);
      }
      above.clear();
      chosen += isChosen ? 1 : 0;
    } else if (entry.type() == TarEntry.Type.DIRECTORY) {
      var folder = new Folder(path, new ByteArrayOutputStream());
      above.addLast(folder);
      outlet.target = folder.headers();
    } else {
      outlet.target = OutputStream.nullOutputStream();
    }
  }

  /** Says that the entry was passed on; what follows the last goes to tar. */
  void passed(Outlet outlet) {
    outlet.target = outlet.tar;
  }
}
