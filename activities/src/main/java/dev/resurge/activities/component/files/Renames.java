package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Renames directories within one parent, durably, and never onto something that is there. */
final class Renames {
  /** How two directories change places. */
  enum Method {
    /** In one step where the file system can; else in two renames. */
    EXCHANGE,
    /** Always in two renames. */
    TWO_RENAMES
  }

  private final NativeCalls system;
  private final Method method;

  Renames(NativeCalls system, Method method) {
    this.system = system;
    this.method = method;
  }

  /**
   * Exchanges two directories in one step.
   *
   * @return false if the file system cannot, and nothing was done
   */
  boolean exchange(Path one, Path other) {
    if (method == Method.TWO_RENAMES) {
      return false;
    }
    int error = system.rename(one, other, NativeCalls.RENAME_EXCHANGE);
    if (unsupported(error)) {
      return false;
    }
    require(error, "exchange " + one + " and " + other);
    makeDurable(one);
    return true;
  }

  /** Renames a directory to a name that nothing bears. */
  void rename(Path from, Path to) {
    int error = system.rename(from, to, NativeCalls.RENAME_NOREPLACE);
    if (unsupported(error)) {
      renamePlainly(from, to);
    } else {
      require(error, "rename " + from + " to " + to);
    }
    makeDurable(to);
  }

  /** rename(2) would replace an empty directory, so the name is looked at first. */
  private static void renamePlainly(Path from, Path to) {
    if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
      require(NativeCalls.EEXIST, "rename " + from + " to " + to);
    }
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("rename " + from + " to " + to, e);
    }
  }

  private static boolean unsupported(int error) {
    return error == NativeCalls.EINVAL
        || error == NativeCalls.ENOSYS
        || error == NativeCalls.EOPNOTSUPP;
  }

  private static void require(int error, String doing) {
    if (error == NativeCalls.EEXIST) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED, "did not " + doing + ": that name is taken");
    }
    if (error != 0) {
      throw new ResurgeException(
          ErrorType.RIGHTS_MISSING, "could not " + doing + ": the kernel answered errno " + error);
    }
  }

  private static void makeDurable(Path child) {
    var parent = child.getParent();
    try (var directory = FileChannel.open(parent, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      throw failed("write " + parent + " to disk after a rename", e);
    }
  }

  private static ResurgeException failed(String doing, IOException cause) {
    return new ResurgeException(
        ErrorType.RIGHTS_MISSING, "could not " + doing + ": " + cause.getMessage(), cause);
  }
}
