package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How GNU tar is called, and what its ends mean (GNU tar manual, "Return values"). */
final class TarProgram {
  /** It may take as long as it takes: whoever runs it sees its progress and can cancel it. */
  private static final Duration LONGEST = Duration.ofDays(30);

  /** Messages that can be read; names as bytes; nothing from the administrator's own settings. */
  private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "TAR_OPTIONS", "");

  /** How tar begins its lines: with the name it was called by. */
  private static final Pattern OWN_WORDS = Pattern.compile("(?:/\\S*/)?tar: (.*)");

  private static final int WARNINGS = 20;
  private final Shell shell;

  TarProgram(Shell shell) {
    this.shell = shell;
  }

  /**
   * Packs a directory: sorted, so that equal trees give equal listings; without access and change
   * times, which no restore can bring back; without our own marks.
   */
  Shell.Running create(Attempt attempt, String component, Path directory) {
    return shell.start(
        attempt,
        program(
            component,
            List.of(
                "tar",
                "--create",
                "--file=-",
                "--format=pax",
                "--pax-option=delete=atime,delete=ctime",
                "--sort=name",
                "--numeric-owner",
                "--xattrs",
                "--xattrs-include=*",
                "--xattrs-exclude=" + Markers.ATTRIBUTES,
                "--acls",
                "--selinux",
                "--sparse",
                "--one-file-system",
                "--blocking-factor=128",
                "--directory=" + directory,
                ".")));
  }

  /**
   * Unpacks what it reads. {@code --same-owner} also without root: owners that cannot be given are
   * then an error, not a silent change.
   */
  Shell.Running extract(Attempt attempt, String component, Path directory) {
    var argv = new ArrayList<String>();
    argv.add("tar");
    argv.addAll(extractOptions());
    argv.add("--xattrs-exclude=" + Markers.ATTRIBUTES);
    argv.add("--directory=" + directory);
    return shell.start(attempt, program(component, argv));
  }

  /** What brings back all that {@link #create} packed; also for people who restore by hand. */
  static List<String> extractOptions() {
    return List.of(
        "--extract",
        "--file=-",
        "--numeric-owner",
        "--same-owner",
        "--preserve-permissions",
        "--xattrs",
        "--xattrs-include=*",
        "--acls",
        "--selinux",
        "--delay-directory-restore");
  }

  /** {@code tar (GNU tar) 1.34}; empty if there is no tar or it is not GNU's. */
  Optional<String> version(Attempt attempt, String component) {
    if (shell.which("tar").isEmpty()) {
      return Optional.empty();
    }
    var result = shell.run(attempt, program(component, List.of("tar", "--version")));
    return result.stdout().lines().findFirst().filter(line -> line.contains("GNU tar"));
  }

  /**
   * Waits for the end of a {@link #create}.
   *
   * @return what tar warned of: files that changed or vanished while they were read, sockets, other
   *     file systems; at most 20 lines
   * @throws ResurgeException {@code ProgramFailed} if it could not read everything
   */
  static List<String> awaitCreated(Shell.Running tar, Path directory) {
    int exit = tar.awaitExit();
    if (exit > 1) {
      throw failed("packing " + directory, exit, tar);
    }
    var lines =
        tar.stderrTail()
            .lines()
            .map(OWN_WORDS::matcher)
            .filter(Matcher::matches)
            .map(line -> line.group(1))
            .filter(line -> !line.startsWith("Exiting with"))
            .toList();
    if (lines.size() <= WARNINGS) {
      return lines;
    }
    var first = new ArrayList<>(lines.subList(0, WARNINGS));
    first.add("… and " + (lines.size() - WARNINGS) + " or more warnings like these");
    return first;
  }

  /** What a tar that ended with an error is to be reported as. */
  static ResurgeException failed(String doing, int exit, Shell.Running tar) {
    var words = tar.stderrTail().strip();
    boolean full = words.contains("No space left on device") || words.contains("Disk quota");
    return new ResurgeException(
        full ? ErrorType.NOT_ENOUGH_SPACE : ErrorType.PROGRAM_FAILED,
        doing + ": tar ended with exit code " + exit + "; its last lines:\n" + lastPart(words));
  }

  private static String lastPart(String words) {
    return words.length() <= 2000 ? words : "…" + words.substring(words.length() - 2000);
  }

  private static Shell.Program program(String component, List<String> argv) {
    return Shell.Program.of(component, argv).with(ENVIRONMENT).within(LONGEST);
  }
}
