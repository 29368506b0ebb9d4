package dev.resurge.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The files of a library that is in use: many small ones and a few big ones (between 4 KiB and 16
 * MiB, each size class about as many bytes); half of them text, half what does not compress, like
 * scans and recordings. The same every time.
 */
final class Tree {
  private static final int SMALLEST = 4 << 10;
  private static final int BIGGEST = 16 << 20;
  private static final int PER_FOLDER = 200;

  private final long bytes;

  /** So many bytes in all, or one file more. */
  Tree(long bytes) {
    this.bytes = bytes;
  }

  /** Fills an existing folder; answers how many files it made. */
  int put(Path root) throws IOException {
    var random = new SplittableRandom(2);
    var words = new Words(random);
    int files = 0;
    for (long made = 0; made < bytes; files++) {
      int size = (int) Math.min(BIGGEST, SMALLEST / (1 - random.nextDouble()));
      size = (int) Math.min(size, Math.max(SMALLEST, bytes / 10));
      var folder = root.resolve("shelf %03d".formatted(files / PER_FOLDER));
      Files.createDirectories(folder);
      if (random.nextBoolean()) {
        Files.write(folder.resolve("scan %06d.jpg".formatted(files)), noise(random, size));
      } else {
        Files.write(folder.resolve("note %06d.txt".formatted(files)), prose(words, size));
      }
      made += size;
    }
    return files;
  }

  private static byte[] noise(SplittableRandom random, int size) {
    var content = new byte[size];
    random.nextBytes(content);
    return content;
  }

  private static byte[] prose(Words words, int size) {
    var text = new StringBuilder(size + 64);
    words.prose(text, size + 1); // its last blank is cut off
    return text.substring(0, size).getBytes(StandardCharsets.UTF_8);
  }
}
