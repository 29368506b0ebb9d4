package dev.resurge.worker.world;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Worker processes that start in half the time: they take classes, loaded and linked, from a cache
 * that one of them wrote at its end (JEP 514). The JVM does so for class paths of jars only.
 *
 * @param folder holds the cache, and jars of what this JVM has in folders
 * @param classPath of jars
 */
record QuickStart(Path folder, String classPath) {
  /** Makes the jars. */
  static QuickStart prepare() {
    try {
      var folder = Files.createTempDirectory("quick-start-");
      var jars = new ArrayList<String>();
      for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        if (entry.isEmpty()) {
          continue; // Maven's class path ends so
        }
        var place = Path.of(entry);
        if (Files.isDirectory(place)) {
          jars.add(jar(place, folder.resolve(jars.size() + ".jar")).toString());
        } else if (Files.exists(place)) {
          jars.add(entry);
        }
      }
      return new QuickStart(folder, String.join(File.pathSeparator, jars));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar(Path folder, Path file) {
    var jar = ToolProvider.findFirst("jar").orElseThrow();
    int code = jar.run(System.out, System.err, "cf", file.toString(), "-C", folder.toString(), ".");
    if (code != 0) {
      throw new IllegalStateException("no jar of " + folder);
    }
    return file;
  }

  /** What a JVM is told: the first writes the cache, those after it read it. */
  List<String> options() {
    var cache = folder.resolve("cache");
    return List.of(Files.exists(cache) ? "-XX:AOTCache=" + cache : "-XX:AOTCacheOutput=" + cache);
  }

  void remove() {
    Trees.remove(folder);
  }
}
