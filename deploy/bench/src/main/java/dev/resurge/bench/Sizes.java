package dev.resurge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads whole folders, to add them up or to have them in the page cache. */
final class Sizes {
  private static final int BUFFER = 1 << 20;

  private Sizes() {}

  /** Bytes of all files below and including a path. */
  static long of(Path path) throws IOException {
    try (var all = Files.walk(path)) {
      long bytes = 0;
      for (var file : all.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  /** Reads every file below a path once and forgets it. */
  static void read(Path path) throws IOException {
    var buffer = ByteBuffer.allocateDirect(BUFFER);
    try (var all = Files.walk(path)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        read(file, buffer);
      }
    }
  }

  private static void read(Path file, ByteBuffer buffer) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        buffer.flip();
      }
    }
  }
}
