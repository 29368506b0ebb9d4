package dev.resurge.scenery;

import dev.resurge.library.Premises;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one folder that a scene touches.
 *
 * @param kind what plays in it: {@code demo} or {@code bench}
 */
public record Workspace(String kind, Path root) {
  /** What is still of use when all is over. */
  private static final Set<String> KEPT = Set.of("report", "logs");

  /**
   * Makes a fresh folder: the wanted one, which must be empty or not there, or a new one among the
   * temporary files.
   *
   * @param needed bytes that must be free there
   */
  public static Workspace fresh(String kind, Optional<Path> wanted, long needed)
      throws SceneException, IOException {
    // not XDG_RUNTIME_DIR: a small memory disk, which root's PostgreSQL may not even enter
    var temporary = Optional.ofNullable(System.getenv("TMPDIR")).filter(dir -> !dir.isBlank());
    var root =
        wanted.isPresent()
            ? Files.createDirectories(wanted.get().toAbsolutePath().normalize())
            : Files.createTempDirectory(Path.of(temporary.orElse("/tmp")), "resurge-" + kind + "-");
    try (var content = Files.list(root)) {
      if (content.findAny().isPresent()) {
        throw new SceneException(
            "the folder " + root + " is not empty; the " + kind + " wants one of its own");
      }
    }
    var free = Files.getFileStore(root).getUsableSpace();
    if (free < needed) {
      throw new SceneException(
          "the %s needs %d MB in %s, where %d MB are free; --dir DIR takes another folder"
              .formatted(kind, needed >> 20, root, free >> 20));
    }
    // PostgreSQL runs as another user when we are root, and must get through
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    Files.createFile(root.resolve(markOf(kind)));
    for (var folder : new String[] {"logs", "run", "report", "runbooks"}) {
      Files.createDirectory(root.resolve(folder));
    }
    return new Workspace(kind, root);
  }

  private static String markOf(String kind) {
    return ".resurge-" + kind;
  }

  /** The folder of an earlier scene of that kind. */
  public static Workspace existing(String kind, Path root) throws SceneException {
    var folder = root.toAbsolutePath().normalize();
    if (!Files.exists(folder.resolve(markOf(kind)))) {
      throw new SceneException(folder + " is no folder of a " + kind);
    }
    return new Workspace(kind, folder);
  }

  /** PostgreSQL's cluster. */
  public Path postgres() {
    return root.resolve("postgres");
  }

  /** Where an application of that name is, or will be, installed. */
  public Premises premises(String name) {
    return new Premises(root.resolve(name));
  }

  /** Every application that is installed. */
  List<Premises> applications() throws IOException {
    try (var folders = Files.list(root)) {
      return folders
          .sorted()
          .map(Premises::new)
          .filter(premises -> Files.exists(premises.script()))
          .toList();
    }
  }

  /** Resurge's store. */
  public Path store() {
    return root.resolve("store");
  }

  /** Resurge's keys. */
  public Path keys() {
    return root.resolve("keys");
  }

  /** Resurge's runbooks. */
  public Path runbooks() {
    return root.resolve("runbooks");
  }

  /** Resurge's configuration. */
  public Path configuration() {
    return root.resolve("resurge.yaml");
  }

  /** What the started processes print. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** Which processes were started. */
  public Path run() {
    return root.resolve("run");
  }

  /** Where the run's report is kept when all else is removed. */
  public Path report() {
    return root.resolve("report");
  }

  /** Removes everything but reports and logs. Follows no links. */
  public void clear() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isKept(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!isKept(file)) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!folder.equals(root)) {
              Files.delete(folder);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private boolean isKept(Path path) {
    var name = path.getFileName().toString();
    return root.equals(path.getParent()) && (KEPT.contains(name) || name.equals(markOf(kind)));
  }
}
