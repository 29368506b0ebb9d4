package dev.resurge.activities.component.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Fills a directory with some two hundred things of all kinds. */
final class RandomTree {
  private final Random random;
  private final List<Path> directories = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();

  RandomTree(Random random) {
    this.random = random;
  }

  void fill(Path root) throws IOException {
    directories.add(root);
    for (int i = 0; i < 200; i++) {
      var path = directories.get(random.nextInt(directories.size())).resolve(name(i));
      switch (random.nextInt(6)) {
        case 0 -> directories.add(Files.createDirectory(path));
        case 1 -> Files.createSymbolicLink(path, Path.of(random.nextBoolean() ? name(i) : "/etc"));
        case 2 -> {
          if (files.isEmpty()) {
            Files.createFile(path);
          } else {
            Files.createLink(path, files.get(random.nextInt(files.size())));
          }
        }
        default -> file(path);
      }
    }
    for (var path : files) {
      dress(path);
    }
    for (var path : directories.reversed()) {
      dress(path);
    }
  }

  private void file(Path path) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      for (int part = random.nextInt(4); part > 0; part--) {
        var bytes = new byte[random.nextInt(9000)];
        random.nextBytes(bytes);
        file.seek(file.length() + (random.nextBoolean() ? 0 : random.nextInt(300_000)));
        file.write(bytes);
      }
      if (random.nextInt(4) == 0) {
        file.setLength(file.length() + random.nextInt(100_000));
      }
    }
    files.add(path);
  }

  private void dress(Path path) throws IOException {
    if (random.nextInt(3) == 0) {
      var view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
      view.write(
          "a" + random.nextInt(3), ByteBuffer.wrap(name(0).getBytes(StandardCharsets.UTF_8)));
    }
    Files.setAttribute(path, "unix:uid", random.nextInt(5_000_000), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", random.nextInt(5_000_000), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:mode", random.nextInt(07777 + 1));
    Files.setLastModifiedTime(
        path,
        FileTime.from(
            Instant.ofEpochSecond(
                random.nextLong(-2_000_000_000L, 4_000_000_000L), random.nextInt(1_000_000_000))));
  }

  /** Printable and not, short and long; unique by its end. */
  private String name(int number) {
    var name = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 200 : 12); i > 0; i--) {
      char c = (char) (1 + random.nextInt(126));
      name.append(c == '/' ? '\n' : c);
    }
    return name + "." + number;
  }
}
