package dev.resurge.activities.component.files;

import dev.resurge.activities.component.files.tar.RawName;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that is held open, so that what is done in it is done in it, whatever its name leads to
 * meanwhile. No operation follows a symbolic link, and names are bytes.
 */
final class OpenFolder implements AutoCloseable {
  private final FolderCalls calls;
  private final int descriptor;
  private final String shown;

  private OpenFolder(FolderCalls calls, int descriptor, String shown) {
    this.calls = calls;
    this.descriptor = descriptor;
    this.shown = shown;
  }

  /** What bears a name. */
  enum Found {
    NOTHING,
    FOLDER,
    /** A file, a symbolic link, a device … */
    OTHER
  }

  /**
   * How far one could go down.
   *
   * @param folder the last folder; the caller closes it
   * @param depth how many of the names were folders
   * @param next what bears the name that follows; {@code FOLDER} if all were folders
   */
  record Descent(OpenFolder folder, int depth, Found next) implements AutoCloseable {
    boolean complete() {
      return next == Found.FOLDER;
    }

    @Override
    public void close() {
      folder.close();
    }
  }

  /**
   * @throws ResurgeException {@code TargetChanged} if there is no folder of that path, or its last
   *     name is that of a symbolic link
   */
  static OpenFolder of(FolderCalls calls, Path path) {
    var name = path.toString().getBytes(Charset.forName(System.getProperty("sun.jnu.encoding")));
    int descriptor = calls.open(CLibrary.AT_FDCWD, name);
    if (descriptor < 0) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED, "cannot open the folder " + path + ": errno " + -descriptor);
    }
    return new OpenFolder(calls, descriptor, path.toString());
  }

  /** What bears {@code name} in it. */
  Found look(RawName name) {
    int opened = open(name);
    if (opened >= 0) {
      calls.close(opened);
      return Found.FOLDER;
    }
    return opened == -CLibrary.ENOENT ? Found.NOTHING : Found.OTHER;
  }

  /** A descriptor; minus ENOENT for nothing; another negative number for what is no folder. */
  private int open(RawName name) {
    int opened = calls.open(descriptor, name.toBytes());
    boolean known =
        opened >= 0
            || opened == -CLibrary.ENOENT
            || opened == -FolderCalls.ENOTDIR
            || opened == -FolderCalls.ELOOP;
    if (!known) {
      throw failed("look at", name, -opened);
    }
    return opened;
  }

  /** Goes down from here as far as there are folders of these names. */
  Descent descend(List<RawName> names) {
    var at = new OpenFolder(calls, again(), shown);
    for (int depth = 0; depth < names.size(); depth++) {
      int next = at.open(names.get(depth));
      if (next < 0) {
        return new Descent(at, depth, next == -CLibrary.ENOENT ? Found.NOTHING : Found.OTHER);
      }
      at.close();
      at = new OpenFolder(calls, next, at.shown + "/" + names.get(depth));
    }
    return new Descent(at, names.size(), Found.FOLDER);
  }

  private int again() {
    return open(RawName.of("."));
  }

  /**
   * Renames what bears {@code name} here into {@code other}, where nothing may bear it.
   *
   * @return false if the name is taken there, and nothing was done
   * @throws ResurgeException {@code TargetChanged} if nothing bears it here; {@code RightsMissing}
   */
  boolean move(RawName name, OpenFolder other) {
    var bytes = name.toBytes();
    int error = calls.rename(descriptor, bytes, other.descriptor, CLibrary.RENAME_NOREPLACE);
    if (error == CLibrary.EINVAL || error == CLibrary.ENOSYS || error == CLibrary.EOPNOTSUPP) {
      if (other.look(name) != Found.NOTHING) {
        return false;
      }
      error = calls.rename(descriptor, bytes, other.descriptor, 0);
    }
    if (error != 0 && error != CLibrary.EEXIST) {
      throw failed("move to " + other.shown, name, error);
    }
    return error == 0;
  }

  /** Makes a folder that only its owner can enter, unless something bears the name. */
  void make(RawName name) {
    int error = calls.makeFolder(descriptor, name.toBytes());
    if (error != 0 && error != CLibrary.EEXIST) {
      throw failed("make the folder", name, error);
    }
  }

  /** Takes away a file's name; does nothing if nothing bears it. */
  void removeFile(RawName name) {
    int error = calls.remove(descriptor, name.toBytes(), false);
    if (error != 0 && error != CLibrary.ENOENT) {
      throw failed("remove", name, error);
    }
  }

  /** Removes a folder if it is empty. */
  boolean removeEmpty(RawName name) {
    return calls.remove(descriptor, name.toBytes(), true) == 0;
  }

  private ResurgeException failed(String doing, RawName name, int error) {
    return new ResurgeException(
        error == CLibrary.ENOENT ? ErrorType.TARGET_CHANGED : ErrorType.RIGHTS_MISSING,
        "could not %s %s in %s: the kernel answered errno %d".formatted(doing, name, shown, error));
  }

  @Override
  public void close() {
    calls.close(descriptor);
  }
}
