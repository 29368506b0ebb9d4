package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Removes a whole directory with {@code rm}, which follows no symbolic link, crosses no file system
 * and copes with any name at any depth. Callers have made sure that it is a copy of ours.
 */
final class TreeRemoval {
  private static final Duration LONGEST = Duration.ofDays(1);
  private final Shell shell;

  TreeRemoval(Shell shell) {
    this.shell = shell;
  }

  void remove(Attempt attempt, String component, Path directory) {
    var rm = List.of("rm", "-rf", "--one-file-system", "--", directory.toString());
    var first = run(attempt, component, rm);
    if (first.exitCode() != 0) {
      // Without root, what stands in a read-only directory goes only once that is writable.
      run(attempt, component, List.of("chmod", "-R", "u+rwX", "--", directory.toString()));
      var second = run(attempt, component, rm);
      if (second.exitCode() != 0 || Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new ResurgeException(
            ErrorType.PROGRAM_FAILED,
            "removing the staged copy "
                + directory
                + ": rm ended with exit code "
                + second.exitCode()
                + "; its last lines:\n"
                + second.lastLines());
      }
    }
  }

  private Shell.Result run(Attempt attempt, String component, List<String> argv) {
    return shell.run(attempt, Shell.Program.of(component, argv).within(LONGEST));
  }
}
