package dev.resurge.activities.step;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Files whose contents say how a system is configured. */
final class ConfigurationFiles {
  private static final Pattern WILD = Pattern.compile("[*?\\[{]");

  private final TreeSet<Path> files = new TreeSet<>();

  private ConfigurationFiles() {}

  /**
   * Those that the patterns name now. A pattern without wildcards names its file also while it is
   * not there.
   *
   * @throws ResurgeException {@code RightsMissing} for a folder that cannot be read
   */
  static ConfigurationFiles matching(List<String> patterns) {
    var found = new ConfigurationFiles();
    patterns.forEach(found::add);
    return found;
  }

  private void add(String pattern) {
    if (!WILD.matcher(pattern).find()) {
      files.add(Path.of(pattern));
      return;
    }
    var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    var root = root(pattern);
    if (!Files.exists(root)) {
      return;
    }
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (matcher.matches(file)) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw unreadable(root, e);
    }
  }

  /** The folder above the first part with a wildcard. */
  private static Path root(String pattern) {
    var root = Path.of("/");
    for (var part : pattern.substring(1).split("/", -1)) {
      if (WILD.matcher(part).find()) {
        break;
      }
      root = root.resolve(part);
    }
    return root;
  }

  /**
   * Of all names and contents, in hex: one for all, so that nothing can be guessed from it about a
   * single file.
   *
   * @throws ResurgeException {@code RightsMissing} for a file that cannot be read
   */
  String digest() {
    var lines = new StringBuilder();
    for (var file : files) {
      lines.append(file).append('\0').append(content(file)).append('\n');
    }
    return Json.sha256(lines.toString());
  }

  private static String content(Path file) {
    if (!Files.exists(file)) {
      return "not there";
    }
    try (var in = Files.newInputStream(file)) {
      return sha256(in);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static String sha256(InputStream in) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[64 * 1024];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static ResurgeException unreadable(Path path, IOException cause) {
    return new ResurgeException(
        ErrorType.RIGHTS_MISSING, "backup.changedWhen: cannot read " + path + ": " + cause, cause);
  }
}
