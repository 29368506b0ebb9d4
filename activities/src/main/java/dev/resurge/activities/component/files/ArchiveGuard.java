package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.activities.component.files.tar.TarEntry;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides for every entry, before tar sees a byte of it, whether extracting it stays inside the
 * directory. Symbolic links are restored as they are, wherever they point; but nothing may be
 * written through one that the archive itself made, and no hard link may name a place outside.
 *
 * <p>It also refuses every form of archive that capture does not write (GNU long names, global
 * headers, unknown types …): another reader, tar among them, might understand such an entry
 * differently from ours, and then what was checked would not be what is written.
 *
 * <p>Holds 16 bytes of a hash per symbolic link; nothing for other entries.
 */
final class ArchiveGuard implements ArchiveScan.Admission {
  private final Set<LinkKey> symlinks = new HashSet<>();

  /**
   * @throws ResurgeException {@code ArchiveUnsafe}
   */
  @Override
  public void admit(TarEntry entry) {
    if (!entry.oddities().isEmpty()) {
      throw unsafe(entry, "is in a form that capture never writes: " + entry.oddities().getFirst());
    }
    refuseEscape(entry, entry.name(), "name");
    var path = entry.name().relative();
    refuseThroughSymlink(entry, path, "would be written");
    if (!symlinks.isEmpty() && symlinks.contains(LinkKey.of(path))) {
      throw unsafe(entry, "bears the name of a symbolic link that the archive made before");
    }
    if (entry.type() == TarEntry.Type.HARD_LINK) {
      var target = entry.link().orElseThrow();
      refuseEscape(entry, target, "hard link to " + target);
      refuseThroughSymlink(entry, target.relative(), "would be linked");
    }
    if (entry.type() == TarEntry.Type.SYMBOLIC_LINK) {
      if (path.equals(RawName.of("."))) {
        throw unsafe(entry, "would replace the directory itself by a symbolic link");
      }
      symlinks.add(LinkKey.of(path));
    }
  }

  private static void refuseEscape(TarEntry entry, RawName name, String what) {
    if (name.length() == 0 || name.at(0) == '/') {
      throw unsafe(entry, "has an absolute or empty " + what);
    }
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i < name.length() && name.at(i) == 0) {
        throw unsafe(entry, "has a NUL in its " + what);
      }
      if (i == name.length() || name.at(i) == '/') {
        if (i - start == 2 && name.at(start) == '.' && name.at(start + 1) == '.') {
          throw unsafe(entry, "has '..' in its " + what);
        }
        boolean doubled = i == start && i < name.length();
        boolean dot = i - start == 1 && name.at(start) == '.' && start > 0;
        if (doubled || dot) {
          throw unsafe(entry, "has an empty part or a '.' in its " + what);
        }
        start = i + 1;
      }
    }
  }

  private void refuseThroughSymlink(TarEntry entry, RawName path, String what) {
    if (symlinks.isEmpty()) {
      return;
    }
    for (int i = 1; i < path.length(); i++) {
      if (path.at(i) == '/' && symlinks.contains(LinkKey.of(path.prefix(i)))) {
        throw unsafe(
            entry, what + " through the symbolic link " + path.prefix(i) + " of this archive");
      }
    }
  }

  private static ResurgeException unsafe(TarEntry entry, String why) {
    return new ResurgeException(
        ErrorType.ARCHIVE_UNSAFE,
        "refused to extract the archive's entry " + entry.name() + ": it " + why);
  }

  /** The first half of the sha256 of a path: two paths never share one in practice. */
  private record LinkKey(long high, long low) {
    static LinkKey of(RawName path) {
      var hash = ByteBuffer.wrap(Tally.sha256().digest(path.toBytes()));
      return new LinkKey(hash.getLong(), hash.getLong());
    }
  }
}
