package dev.resurge.worker.world;

import dev.resurge.workflows.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories with all that is in them. */
public final class Trees {
  private Trees() {}

  /** Some two hundred files in folders, one of them empty, and a link. */
  static void fill(Path root) {
    try {
      for (int i = 0; i < 200; i++) {
        var folder = Files.createDirectories(root.resolve("shelf-" + i % 10));
        Files.writeString(folder.resolve("book-" + i + ".txt"), ("text " + i + "\n").repeat(i));
      }
      Files.createFile(root.resolve("empty"));
      Files.createSymbolicLink(root.resolve("newest"), Path.of("shelf-9/book-199.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A digest of names, kinds, modes and contents; the root's own name and times are left out. */
  static String digest(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      var lines = new StringBuilder();
      for (var path : all.sorted().toList()) {
        lines.append(root.relativize(path)).append(' ').append(describe(path)).append('\n');
      }
      return Json.sha256(lines.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    var mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).toString();
    return Files.isDirectory(path) ? mode : mode + " " + Json.sha256(Files.readAllBytes(path));
  }

  /** All regular files below a folder. */
  public static Stream<Path> files(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's bytes as characters, whatever they are. */
  public static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file, in place of one that is there; makes its folder. */
  public static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a folder. */
  static void folder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names in a folder, sorted. */
  static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(p -> p.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes it; follows no links. */
  public static void remove(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
