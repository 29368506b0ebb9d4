package dev.resurge.activities.component.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.platform.host.HostShell;
import dev.resurge.activities.platform.host.ProgramEnvironment;
import dev.resurge.activities.testing.TestAttempt;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Swap;
import dev.resurge.workflows.runbook.Component;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** A directory {@code documents} to protect, a set beside it, a driver: on the real file system. */
class Lab implements AutoCloseable {
  static final String MANIFEST_SHA = "5e884898da28047151d0e56f8dc62927";
  static final String MACHINE = "0123456789abcdef";
  final Path root;
  final Path live;
  final Path scratch;
  final DirectorySet set;
  final HostShell shell = new HostShell(ProgramEnvironment.from(System.getenv()));
  final FilesDriver driver;
  final Component.Files component;
  final TestAttempt attempt = new TestAttempt();

  Lab(Path root) throws IOException {
    this(root, Renames.Method.EXCHANGE);
  }

  Lab(Path root, Renames.Method method) throws IOException {
    this.root = root;
    live = Files.createDirectories(root.resolve("srv/documents"));
    scratch = root.resolve("scratch");
    set = new DirectorySet(root.resolve("set"), true);
    driver = new FilesDriver(shell, Clock.systemUTC(), () -> MACHINE, scratch, method);
    component = new Component.Files("documents", live.toString());
  }

  ComponentManifest capture() {
    return driver.capture(attempt, component, set);
  }

  StagedCopy stage(ComponentManifest manifest) {
    return stage(manifest, attempt);
  }

  StagedCopy stage(ComponentManifest manifest, TestAttempt by) {
    return driver.stage(by, component, manifest, MANIFEST_SHA, set);
  }

  /** Captures, stages, and names the swap. */
  Swap readyToSwap() {
    var manifest = capture();
    var old = manifest.target();
    return driver.swapFor(attempt, component, Optional.of(old), old, stage(manifest));
  }

  /** That the copy passes its own check. */
  void requireEqual(ComponentManifest manifest, StagedCopy copy) {
    assertThat(driver.verifyStaged(attempt, component, manifest, set, copy))
        .isNotEmpty()
        .allSatisfy(check -> assertThat(check.passed()).as(check.actual()).isTrue());
  }

  /** What stands beside the live directory. */
  List<String> siblings() throws IOException {
    try (var all = Files.list(live.getParent())) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** Runs a bash script in a directory: names that Java cannot write are made there. */
  static String bash(Path directory, String script) throws IOException {
    var process =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.onExit().join().exitValue()).as(output).isZero();
    return output;
  }

  @Override
  public void close() throws IOException {
    shell.close();
    // JUnit would go through it too, and warn of every link that points out of it.
    bash(root, "rm -rf srv set");
  }
}
