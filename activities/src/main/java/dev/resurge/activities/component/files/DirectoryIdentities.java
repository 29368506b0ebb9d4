package dev.resurge.activities.component.files;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.TargetIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells directories apart whatever they are called: machine, file system, inode, and when it was
 * made, as a file system gives an inode again that has become free. The file system's id is the
 * kernel's {@code f_fsid}, which ext4 and btrfs make from their UUID. A file system that does not
 * know when its files were made leaves that part out.
 */
final class DirectoryIdentities {
  private final Supplier<String> machineId;
  private final NativeCalls system;

  DirectoryIdentities(Supplier<String> machineId, NativeCalls system) {
    this.machineId = machineId;
    this.system = system;
  }

  /** The identity of the directory at {@code path}; empty if there is none, or another thing. */
  Optional<TargetIdentity> of(Path path) {
    try {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      var inode = Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
      var birth = system.birth(path).map(made -> "-" + made).orElse("");
      return Optional.of(
          new TargetIdentity(
              "files-" + machineId.get() + "-" + system.fileSystemId(path) + "-" + inode + birth));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileFailures.of("cannot tell which directory " + path + " is", e);
    }
  }

  /**
   * The identity of the directory at {@code path}.
   *
   * @throws ResurgeException {@code TargetChanged} if there is none
   */
  TargetIdentity require(Path path) {
    return of(path)
        .orElseThrow(() ->
            new ResurgeException(
                ErrorType.TARGET_CHANGED,
                "looked for the directory " + path + " and found " + describe(path)));
  }

  /** What is at {@code path}, for messages. */
  String describe(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return "nothing";
    }
    if (Files.isSymbolicLink(path)) {
      return "a symbolic link";
    }
    return of(path).map(identity -> "directory " + identity).orElse("something else");
  }
}
