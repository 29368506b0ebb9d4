package dev.resurge.starter.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What is checked out in a folder, for labels; nothing where there is no work tree or no git. */
public final class GitFacts {
  /** Labels of sets, as {@code docs/cli.md} names them. */
  public static final String COMMIT = "git.commit";

  /** The branch, or {@code HEAD} if none is checked out. */
  public static final String BRANCH = "git.branch";

  private static final int SECONDS = 3;

  private final Path folder;
  private final String program;

  public GitFacts(Path folder) {
    this(folder, "git");
  }

  GitFacts(Path folder, String program) {
    this.folder = folder;
    this.program = program;
  }

  /** Commit and branch as labels. */
  public Map<String, String> labels() {
    var labels = new TreeMap<String, String>();
    ask(List.of(program, "rev-parse", "HEAD")).ifPresent(commit -> labels.put(COMMIT, commit));
    if (!labels.isEmpty()) {
      ask(List.of(program, "rev-parse", "--abbrev-ref", "HEAD"))
          .ifPresent(branch -> labels.put(BRANCH, branch));
    }
    return labels;
  }

  private Optional<String> ask(List<String> argv) {
    try {
      var process =
          new ProcessBuilder(argv)
              .directory(folder.toAbsolutePath().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      try (var out = process.getInputStream()) {
        var text = new String(out.readNBytes(4096), StandardCharsets.UTF_8).strip();
        return process.waitFor(SECONDS, TimeUnit.SECONDS)
                && process.exitValue() == 0
                && !text.isEmpty()
            ? Optional.of(text)
            : Optional.empty();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty(); // no git here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
