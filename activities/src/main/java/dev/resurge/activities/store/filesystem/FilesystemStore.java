package dev.resurge.activities.store.filesystem;

import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Objects as files below a directory, folders 0700 and files 0600. The directory itself is never
 * made here: where a disk is not mounted its directory is missing, and a backup must not go quietly
 * to the disk beneath.
 */
public final class FilesystemStore implements ArtifactStore {
  private final Path root;
  private final DurableFiles files;
  private final Failures failures;

  /**
   * Opens the store; nothing is touched yet.
   *
   * @param root an existing directory
   */
  public FilesystemStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.files = new DurableFiles(this.root);
    this.failures = new Failures(this.root, describe());
  }

  @Override
  public String describe() {
    return "filesystem " + root;
  }

  @Override
  public long put(String key, ArtifactWriter.Body body) {
    var target = locate(key, "write");
    try (var temporary = files.temporary(target.getParent())) {
      long bytes = fill(key, temporary, body);
      Files.move(temporary.path(), target, StandardCopyOption.ATOMIC_MOVE);
      files.sync(target.getParent());
      return bytes;
    } catch (IOException e) {
      throw failures.unavailable("write", key, e);
    }
  }

  /** A failing body is not a failing store, so that the two are told apart in the error. */
  private long fill(String key, DurableFiles.Temporary temporary, ArtifactWriter.Body body)
      throws IOException {
    try {
      body.writeTo(new StoreOutput(temporary.output(), e -> failures.unavailable("write", key, e)));
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED,
          "storing " + key + " in " + describe() + ": its source failed: " + e.getMessage(),
          e);
    }
    return temporary.finish();
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    var target = locate(key, "write");
    try (var temporary = files.temporary(target.getParent())) {
      temporary.output().write(content);
      temporary.finish();
      // link(2) fails if the name is taken, which rename(2) does not: one of two writers wins
      Files.createLink(target, temporary.path());
      files.sync(target.getParent());
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | IOException e) {
      throw failures.unavailable("write (with a hard link)", key, e);
    }
  }

  @Override
  public InputStream open(String key) {
    var path = locate(key, "read");
    try {
      if (Files.isDirectory(path)) {
        throw new NoSuchElementException(key);
      }
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new NoSuchElementException(key, e);
    } catch (IOException e) {
      throw failures.unavailable("read", key, e);
    }
  }

  @Override
  public boolean exists(String key) {
    try {
      return Files.readAttributes(locate(key, "look for"), BasicFileAttributes.class)
          .isRegularFile();
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw failures.unavailable("look for", key, e);
    }
  }

  @Override
  public List<Entry> list(String prefix) {
    var found = new ArrayList<Entry>();
    try {
      Files.walkFileTree(folder(prefix), new Lister(found));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failures.unavailable("list", prefix, e);
    }
    found.sort(Comparator.comparing(Entry::key));
    return List.copyOf(found);
  }

  @Override
  public List<String> folders(String prefix) {
    try (var entries = Files.newDirectoryStream(folder(prefix), Files::isDirectory)) {
      var names = new ArrayList<String>();
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
      names.sort(Comparator.naturalOrder());
      return List.copyOf(names);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failures.unavailable("list", prefix, e);
    }
  }

  @Override
  public void delete(String key) {
    var path = locate(key, "delete");
    try {
      if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.deleteIfExists(path)) {
        files.sync(path.getParent());
        files.removeEmpty(path.getParent());
      }
    } catch (IOException e) {
      throw failures.unavailable("delete", key, e);
    }
  }

  @Override
  public void deleteAll(String prefix) {
    var folder = folder(prefix);
    try {
      Files.walkFileTree(folder, new Remover());
      files.removeEmpty(folder);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return;
    } catch (IOException e) {
      throw failures.unavailable("delete", prefix, e);
    }
  }

  @Override
  public long free() {
    requireRoot("measure", "");
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw failures.unavailable("measure", "", e);
    }
  }

  private Path locate(String key, String doing) {
    requireRoot(doing, key);
    return root.resolve(Keys.checked(key));
  }

  private Path folder(String prefix) {
    requireRoot("list", prefix);
    return prefix.isEmpty() ? root : root.resolve(Keys.checkedPrefix(prefix));
  }

  private void requireRoot(String doing, String key) {
    if (!Files.isDirectory(root)) {
      throw failures.unavailable(doing, key, new NoSuchFileException(root.toString()));
    }
  }

  /** Collects what is visible; what is deleted meanwhile is simply not there. */
  private final class Lister extends SimpleFileVisitor<Path> {
    private final List<Entry> found;

    Lister(List<Entry> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !DurableFiles.isTemporary(file)) {
        found.add(new Entry(root.relativize(file).toString(), attributes.size()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }

  /** Deletes files, half-written ones too, then the folders that became empty. */
  private final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      if (e != null) {
        throw e;
      }
      files.sync(folder);
      if (!folder.equals(root)) {
        try {
          Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException left) {
          // a writer that is still alive came back; its folder goes with the next removal
          return FileVisitResult.CONTINUE;
        }
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
