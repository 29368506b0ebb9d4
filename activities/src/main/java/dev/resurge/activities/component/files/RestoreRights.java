package dev.resurge.activities.component.files;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Shell;
import dev.resurge.workflows.model.ComponentManifest;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What in a set only root can restore, when programs do not run as root: files of other users, of
 * groups one is not in, device files, attributes of the trusted and security kinds.
 */
final class RestoreRights {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private final Shell shell;

  RestoreRights(Shell shell) {
    this.shell = shell;
  }

  List<Finding> findings(Attempt attempt, Component.Files component, ComponentManifest manifest) {
    var user = id(attempt, component, "-u");
    if (user.equals(List.of("0"))) {
      return List.of();
    }
    var facts = ArchiveFacts.of(manifest);
    var reasons = new ArrayList<String>();
    add(reasons, ArchiveFacts.foreign(facts.users(), user), "entries of other users");
    add(
        reasons,
        ArchiveFacts.foreign(facts.groups(), id(attempt, component, "-G")),
        "entries of groups that user is not in");
    add(reasons, facts.devices(), "device files");
    add(reasons, facts.privilegedAttributes(), "entries with attributes that only root may set");
    return reasons.isEmpty()
        ? List.of()
        : List.of(
            Finding.error(
                ErrorType.RIGHTS_MISSING,
                component.name(),
                "user id "
                    + user.getFirst()
                    + " cannot restore this set, only root can: it holds "
                    + String.join(", ", reasons)));
  }

  private static void add(List<String> reasons, long count, String what) {
    if (count > 0) {
      reasons.add(count + " " + what);
    }
  }

  private List<String> id(Attempt attempt, Component.Files component, String option) {
    var program = Shell.Program.of(component.name(), List.of("id", option)).within(LONGEST);
    var result = shell.run(attempt, program);
    if (result.exitCode() != 0) {
      throw new ResurgeException(
          ErrorType.PROGRAM_FAILED, "asking who runs programs with id: " + result.lastLines());
    }
    return List.of(result.stdout().strip().split(" ", -1));
  }
}
