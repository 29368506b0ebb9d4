package dev.resurge.worker.world;

import dev.resurge.activities.testing.PostgresCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Small file systems that only one world sees: a mount namespace with tmpfs in it. As root it is a
 * mount namespace of its own, else one in a user namespace of its own, which needs no rights but
 * that the kernel gives such namespaces to everybody. Programs are started inside; from outside the
 * same files are seen below {@link #see}.
 */
public final class Enclosure implements PostgresCluster.Housing, AutoCloseable {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final String BALLAST = ".ballast";

  private final Process holder;
  private final BufferedReader answers;

  private Enclosure(Process holder) {
    this.holder = holder;
    this.answers =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Makes an empty one; what lies outside is seen inside, too. */
  static Enclosure open() {
    var argv = new ArrayList<>(List.of("unshare", "--mount"));
    if (!ROOT) {
      argv.addAll(List.of("--user", "--map-current-user", "--keep-caps"));
    }
    argv.add("sh"); // ends with its input, also when this JVM dies
    try {
      var enclosure = new Enclosure(new ProcessBuilder(argv).redirectErrorStream(true).start());
      enclosure.tell("true");
      return enclosure;
    } catch (IOException e) {
      throw new UncheckedIOException("these tests need unshare and nsenter, of util-linux", e);
    }
  }

  /** Does something inside, with the right to mount. */
  private void tell(String... argv) {
    var command = new StringBuilder();
    for (var word : argv) {
      command.append('\'').append(word.replace("'", "'\\''")).append("' ");
    }
    try {
      var line = command + "2>&1 && echo done || echo failed\n";
      holder.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      holder.getOutputStream().flush();
      var said = new ArrayList<String>();
      for (var answer = answers.readLine(); ; answer = answers.readLine()) {
        if ("done".equals(answer)) {
          return;
        }
        if (answer == null || answer.equals("failed")) {
          throw new AssertionError(
              "these tests mount small file systems, with unshare and mount (util-linux), as root"
                  + " or in a user namespace (kernel.unprivileged_userns_clone,"
                  + " user.max_user_namespaces); that failed: "
                  + String.join(" ", argv)
                  + ": "
                  + String.join("; ", said));
        }
        said.add(answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("unshare did not make a mount namespace", e);
    }
  }

  /** Lays an empty file system over a folder. */
  void mountSmall(Path folder, int megabytes) {
    tell("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
  }

  /** Nothing can be written to that file system any more. */
  public void makeReadOnly(Path folder) {
    tell("mount", "-o", "remount,ro", folder.toString());
  }

  /** Everything can be written again. */
  public void makeWritable(Path folder) {
    tell("mount", "-o", "remount,rw", folder.toString());
  }

  /** Takes room, so that only that much is left. */
  public void fill(Path folder, int leftKilobytes) {
    var seen = see(folder);
    try (var out = Files.newOutputStream(seen.resolve(BALLAST))) {
      var room = Files.getFileStore(seen).getUsableSpace() - leftKilobytes * 1024L;
      var block = new byte[64 * 1024];
      for (var left = room; left > 0; left -= block.length) {
        out.write(block, 0, (int) Math.min(left, block.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the room back that was taken. */
  public void empty(Path folder) {
    try {
      Files.deleteIfExists(see(folder).resolve(BALLAST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where what lies at that path inside is seen outside. */
  Path see(Path inside) {
    return Path.of("/proc/" + holder.pid() + "/root" + inside);
  }

  /** The command line that runs a program inside. */
  @Override
  public List<String> enter(List<String> argv) {
    var spaces = "/proc/" + holder.pid() + "/ns/";
    var whole = new ArrayList<>(List.of("nsenter", "--mount=" + spaces + "mnt"));
    if (!ROOT) {
      whole.addAll(List.of("--user=" + spaces + "user", "--preserve-credentials"));
    }
    whole.add("--");
    whole.addAll(argv);
    return List.copyOf(whole);
  }

  /** A server's data lies on a file system of this size. */
  @Override
  public Path houseData(Path folder) {
    mountSmall(folder, SERVER_MEGABYTES);
    return see(folder);
  }

  private static final int SERVER_MEGABYTES = 160;

  @Override
  public void close() {
    holder.destroyForcibly();
    try {
      holder.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
