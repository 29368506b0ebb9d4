package dev.resurge.activities.store.filesystem;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Files and folders that outlast a power failure: written aside, synced, then named. */
final class DurableFiles {
  /** What the names of files being written begin with; no listing shows them. */
  static final String TEMPORARY = ".tmp-";

  private static final int ATTEMPTS = 100;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path root;

  DurableFiles(Path root) {
    this.root = root;
  }

  /** Whether the file is being written or was left by a writer that died. */
  static boolean isTemporary(Path file) {
    return file.getFileName().toString().startsWith(TEMPORARY);
  }

  /** Begins a file in {@code folder}, which is made if it is missing. */
  Temporary temporary(Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      createFolders(folder);
      var path = folder.resolve(TEMPORARY + UUID.randomUUID());
      try {
        return new Temporary(
            path,
            FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_FILE));
      } catch (NoSuchFileException e) {
        // somebody deleted the folder's last object, and so the folder, in this moment
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void createFolders(Path folder) throws IOException {
    if (folder.equals(root) || Files.isDirectory(folder)) {
      return;
    }
    createFolders(folder.getParent());
    try {
      Files.createDirectory(folder, OWNER_FOLDER);
      sync(folder.getParent());
    } catch (FileAlreadyExistsException e) {
      // made by another writer, and perhaps gone again: only a file in the way is an error
      if (Files.isRegularFile(folder)) {
        throw e;
      }
    } catch (NoSuchFileException e) {
      // the parent went away in this moment; opening the file fails then, and is tried again
      return;
    }
  }

  /** Removes {@code folder} and those above it, below the root, as far as they are empty. */
  void removeEmpty(Path folder) throws IOException {
    for (var each = folder; !each.equals(root); each = each.getParent()) {
      try {
        Files.deleteIfExists(each);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }

  /** Makes the names in a folder durable; a folder that is gone has none. */
  void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      return;
    }
  }

  /** A file that nobody sees. Closing removes its temporary name, whatever became of it. */
  static final class Temporary implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final OutputStream output;

    Temporary(Path path, FileChannel channel) {
      this.path = path;
      this.channel = channel;
      this.output = Channels.newOutputStream(channel);
    }

    Path path() {
      return path;
    }

    OutputStream output() {
      return output;
    }

    /** Makes the content durable; how many bytes it is. */
    long finish() throws IOException {
      channel.force(true);
      long bytes = channel.size();
      channel.close();
      return bytes;
    }

    @Override
    public void close() throws IOException {
      try (channel) {
        Files.deleteIfExists(path);
      }
    }
  }
}
