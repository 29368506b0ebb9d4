package dev.resurge.scenery;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes that a scene leaves running in the background. Each is written down in a file, so
 * that they can be ended by this conductor or, should it be killed, by another.
 */
public final class Daemons {
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** The kernel counts from boot, and when that was moves a little as the clock is set. */
  private static final long SAME_START_MILLIS = 2_000;

  private static final int LAST_LINES = 15;

  /** In the environment of all that runs for a scene: its folder. */
  private static final String MARK = "RESURGE_SCENE";

  private final Workspace workspace;
  private boolean closed;

  /** The processes of that folder. */
  public Daemons(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * Starts a process in a session of its own: Ctrl-C in the terminal reaches the conductor only,
   * which then ends everything in order.
   *
   * @param name of its log and of its file
   */
  public synchronized void start(String name, ProcessBuilder process)
      throws SceneException, IOException {
    if (closed) {
      throw new SceneException(
          workspace.kind() + " is ending; " + name + " is not started any more");
    }
    process.command().add(0, "setsid");
    process.redirectErrorStream(true);
    process.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    process.redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
    writeDown(name, process.start().toHandle());
  }

  /** The log of a process. */
  public Path log(String name) {
    return workspace.logs().resolve(name + ".log");
  }

  /** Waits for a process to become ready; fails with its last lines if it ends instead. */
  public void await(String name, String what, Duration limit, Await.Condition ready)
      throws SceneException, IOException, InterruptedException {
    Await.until(
        what,
        limit,
        () -> {
          if (find(name).isEmpty()) {
            throw new SceneException("%s ended by itself:%n%s".formatted(name, lastLines(name)));
          }
          return ready.holds();
        });
  }

  private String lastLines(String name) throws IOException {
    var lines = Files.readAllLines(log(name));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** The process started under that name, if it lives. */
  public Optional<ProcessHandle> find(String name) throws IOException {
    var file = workspace.run().resolve(name + ".pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var words = Files.readString(file).strip().split(" ", -1);
    // a number that is given to another process later has another start
    return ProcessHandle.of(Long.parseLong(words[0]))
        .filter(ProcessHandle::isAlive)
        .filter(
            process -> Math.abs(startOf(process) - Long.parseLong(words[1])) < SAME_START_MILLIS);
  }

  /** Kills a process as a crash would: at once, and without the programs it started. */
  public long kill(String name) throws SceneException, IOException {
    var process =
        find(name).orElseThrow(() -> new SceneException("there is no " + name + " to be killed"));
    for (var orphan : process.descendants().toList()) {
      writeDown(name + "-orphan-" + orphan.pid(), orphan);
    }
    process.destroyForcibly();
    process.onExit().join();
    return process.pid();
  }

  /** Ends a process and what it started: asks first, kills after ten seconds. */
  public void end(String name) throws IOException {
    var process = find(name);
    if (process.isPresent()) {
      var all = new ArrayList<>(process.get().descendants().toList());
      all.add(process.get());
      end(all);
    }
    Files.deleteIfExists(workspace.run().resolve(name + ".pid"));
  }

  private static void end(List<ProcessHandle> childrenThenParent) {
    var deadline = Instant.now().plus(GRACE);
    for (var process : childrenThenParent.reversed()) {
      process.destroy();
      var left = Math.max(1, Duration.between(Instant.now(), deadline).toMillis());
      process.onExit().completeOnTimeout(process, left, TimeUnit.MILLISECONDS).join();
      process.destroyForcibly();
    }
  }

  /** From now on nothing is started. */
  public synchronized void close() {
    closed = true;
  }

  /** Marks a process that is to be started, and so all that it starts, as this scene's. */
  public void mark(ProcessBuilder process) {
    process.environment().put(MARK, workspace.root().toString());
  }

  /** Ends all that are written down, in the order of their names, and all that are marked. */
  public void endAll() throws IOException {
    try (Stream<Path> files = Files.list(workspace.run())) {
      for (var file : files.sorted().toList()) {
        var name = file.getFileName().toString();
        if (name.endsWith(".pid")) {
          end(name.substring(0, name.length() - ".pid".length()));
        }
      }
    }
    // what commands had started when they were ended half-way
    end(ProcessHandle.allProcesses().filter(this::isMarked).toList());
  }

  private boolean isMarked(ProcessHandle process) {
    try {
      var environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
      var mark = "\0" + MARK + "=" + workspace.root() + "\0";
      return ("\0" + new String(environment, StandardCharsets.UTF_8)).contains(mark);
    } catch (IOException e) {
      // it has ended, or is another user's
      return false;
    }
  }

  private void writeDown(String name, ProcessHandle process) throws IOException {
    Files.writeString(
        workspace.run().resolve(name + ".pid"), process.pid() + " " + startOf(process) + "\n");
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
