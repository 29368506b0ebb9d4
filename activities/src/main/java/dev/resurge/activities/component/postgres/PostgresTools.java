package dev.resurge.activities.component.postgres;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds and starts pg_dump, pg_restore and vacuumdb of one version. Only the server's own major
 * version will do for work with a server: an older pg_dump refuses, a newer pg_restore sends
 * settings that the server does not know.
 */
final class PostgresTools {
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");
  private static final int NEWER_MAJORS = 5;

  /** Where packages put one version: Debian, the PostgreSQL project's RPMs, Alpine, Homebrew. */
  private static final List<String> FOLDERS =
      List.of(
          "/usr/lib/postgresql/%d/bin/",
          "/usr/pgsql-%d/bin/",
          "/usr/libexec/postgresql%d/",
          "/opt/homebrew/opt/postgresql@%d/bin/",
          "/usr/local/opt/postgresql@%d/bin/");

  private static final Duration NO_LIMIT = Duration.ofDays(30);

  private final Shell shell;
  private final PostgresConnections connections;

  PostgresTools(Shell shell, PostgresConnections connections) {
    this.shell = shell;
    this.connections = connections;
  }

  /**
   * The programs of one version.
   *
   * @param folder ends with a slash, or is empty for those on the PATH
   */
  record Toolbox(String folder, int major, String version) {
    String path(String program) {
      return folder + program;
    }
  }

  /**
   * The tools of a server's version.
   *
   * @throws ResurgeException {@code ProgramMissing} or {@code VersionMismatch}
   */
  Toolbox forServer(Attempt attempt, Component.Postgres component, int major) {
    return find(attempt, component, major, major);
  }

  /** Tools that read an archive that a pg_dump of that version wrote: the same or newer. */
  Toolbox forArchive(Attempt attempt, Component.Postgres component, int major) {
    return find(attempt, component, major, major + NEWER_MAJORS);
  }

  /** Starts one of them, able to connect; there is no time at which it is too late for data. */
  Shell.Running start(
      Attempt attempt,
      Component.Postgres component,
      Toolbox toolbox,
      String program,
      String options,
      List<String> arguments) {
    return shell.start(
        attempt,
        program(component, toolbox, program, arguments)
            .with(connections.environment(attempt, component, options)));
  }

  /** Starts pg_restore for an archive alone; it is given no way to connect. */
  Shell.Running startOffline(
      Attempt attempt, Component.Postgres component, Toolbox toolbox, List<String> arguments) {
    return shell.start(attempt, program(component, toolbox, "pg_restore", arguments));
  }

  private static Shell.Program program(
      Component.Postgres component, Toolbox toolbox, String program, List<String> arguments) {
    var argv = new ArrayList<String>();
    argv.add(toolbox.path(program));
    argv.addAll(arguments);
    return Shell.Program.of(component.name(), argv).within(NO_LIMIT);
  }

  private Toolbox find(Attempt attempt, Component.Postgres component, int least, int most) {
    var found = new ArrayList<Toolbox>();
    for (var folder : folders(component, least, most)) {
      var toolbox = look(attempt, component, folder);
      if (toolbox.filter(t -> t.major() >= least && t.major() <= most).isPresent()) {
        return toolbox.get();
      }
      toolbox.ifPresent(found::add);
    }
    var where =
        component.tools().map(t -> "in " + t).orElse("where packages put them or on the PATH");
    var wanted = "pg_dump and pg_restore of PostgreSQL " + least;
    if (found.isEmpty()) {
      throw new ResurgeException(
          ErrorType.PROGRAM_MISSING,
          "looking for "
              + wanted
              + " "
              + where
              + ": none found; the package is"
              + " postgresql-client-"
              + least
              + " on Debian, postgresql"
              + least
              + " elsewhere");
    }
    throw new ResurgeException(
        ErrorType.VERSION_MISMATCH,
        "looking for "
            + wanted
            + " "
            + where
            + ": found only version "
            + String.join(", ", found.stream().map(Toolbox::version).toList())
            + "; install postgresql-client-"
            + least);
  }

  private static List<String> folders(Component.Postgres component, int least, int most) {
    if (component.tools().isPresent()) {
      var folder = component.tools().get();
      return List.of(folder.endsWith("/") ? folder : folder + "/");
    }
    var folders = new ArrayList<String>();
    for (int major = least; major <= most; major++) {
      for (var folder : FOLDERS) {
        folders.add(String.format(Locale.ROOT, folder, major));
      }
    }
    folders.add("");
    return folders;
  }

  private Optional<Toolbox> look(Attempt attempt, Component.Postgres component, String folder) {
    if (shell.which(folder + "pg_dump").isEmpty()) {
      return Optional.empty();
    }
    var asked =
        shell.run(
            attempt,
            new Shell.Program(
                component.name(),
                List.of(folder + "pg_dump", "--version"),
                Map.of(),
                Optional.empty(),
                Duration.ofSeconds(20)));
    var matcher = VERSION.matcher(asked.stdout());
    return matcher.find()
        ? Optional.of(new Toolbox(folder, Integer.parseInt(matcher.group(2)), matcher.group(1)))
        : Optional.empty();
  }
}
