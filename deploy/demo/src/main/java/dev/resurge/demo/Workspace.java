package dev.resurge.demo;

import dev.resurge.demo.library.Premises;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** The one folder that a demo touches. */
record Workspace(Path root) {
  private static final String MARK = ".resurge-demo";
  private static final long NEEDED_BYTES = 3L << 30;

  /** What is still of use when a demo is over. */
  private static final Set<String> KEPT = Set.of("report", "logs", MARK);

  /**
   * Makes a fresh folder: the wanted one, which must be empty or not there, or a new one among the
   * temporary files.
   */
  static Workspace fresh(Optional<Path> wanted) throws DemoException, IOException {
    // not XDG_RUNTIME_DIR: a small memory disk, which root's PostgreSQL may not even enter
    var temporary = Optional.ofNullable(System.getenv("TMPDIR")).filter(dir -> !dir.isBlank());
    var root =
        wanted.isPresent()
            ? Files.createDirectories(wanted.get().toAbsolutePath().normalize())
            : Files.createTempDirectory(Path.of(temporary.orElse("/tmp")), "resurge-demo-");
    try (var content = Files.list(root)) {
      if (content.findAny().isPresent()) {
        throw new DemoException(
            "the folder " + root + " is not empty; the demo wants one of its own");
      }
    }
    var free = Files.getFileStore(root).getUsableSpace();
    if (free < NEEDED_BYTES) {
      throw new DemoException(
          "the demo needs 3 GB in %s, where %d MB are free; --dir DIR takes another folder"
              .formatted(root, free >> 20));
    }
    // PostgreSQL runs as another user when we are root, and must get through
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    Files.createFile(root.resolve(MARK));
    for (var folder : new String[] {"logs", "run", "report", "runbooks"}) {
      Files.createDirectory(root.resolve(folder));
    }
    return new Workspace(root);
  }

  /** The folder of an earlier demo. */
  static Workspace existing(Path root) throws DemoException {
    var folder = root.toAbsolutePath().normalize();
    if (!Files.exists(folder.resolve(MARK))) {
      throw new DemoException(folder + " is no folder of a demo");
    }
    return new Workspace(folder);
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  Premises library() {
    return new Premises(root.resolve("library"));
  }

  Path store() {
    return root.resolve("store");
  }

  Path keys() {
    return root.resolve("keys");
  }

  Path runbooks() {
    return root.resolve("runbooks");
  }

  /** Resurge's configuration. */
  Path configuration() {
    return root.resolve("resurge.yaml");
  }

  /** What the started processes print. */
  Path logs() {
    return root.resolve("logs");
  }

  /** Which processes were started. */
  Path run() {
    return root.resolve("run");
  }

  /** Where the run's report is kept when all else is removed. */
  Path report() {
    return root.resolve("report");
  }

  /** Removes everything but reports and logs. Follows no links. */
  void clear() throws IOException {
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
    return root.equals(path.getParent()) && KEPT.contains(path.getFileName().toString());
  }
}
