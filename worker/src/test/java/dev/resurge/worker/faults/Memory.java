package dev.resurge.worker.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/** A file system in memory, if the machine has one on which directories can be marked. */
final class Memory {
  private static final Path FOLDER = find();

  private Memory() {}

  static Path folder() {
    return FOLDER;
  }

  private static Path find() {
    var shared = Path.of("/dev/shm");
    return takesMarks(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static boolean takesMarks(Path folder) {
    try {
      var tried = Files.createTempDirectory(folder, "resurge-");
      try {
        Files.getFileAttributeView(tried, UserDefinedFileAttributeView.class)
            .write("resurge.tried", ByteBuffer.wrap(new byte[1]));
        return true;
      } finally {
        Files.delete(tried);
      }
    } catch (IOException e) {
      return false; // kernels before 6.6 have no such attributes there
    }
  }
}
