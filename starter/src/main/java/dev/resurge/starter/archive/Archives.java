package dev.resurge.starter.archive;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Finds what was named without its system, by asking the store of every runbook that is here. */
public final class Archives {
  private final List<String> systems;
  private final Function<String, Archive> open;

  /**
   * @param open opens a system's archive
   */
  public Archives(List<String> systems, Function<String, Archive> open) {
    this.systems = List.copyOf(systems);
    this.open = open;
  }

  /**
   * The archive that holds a run's evidence.
   *
   * @throws ResurgeException {@code RunUnknown}, saying which stores could not be asked
   */
  public Archive ofRun(RunId run) {
    return find(
        "run " + run, ErrorType.RUN_UNKNOWN, archive -> archive.file(run, "json").isPresent());
  }

  /**
   * The archive that holds a set.
   *
   * @throws ResurgeException {@code SetUnknown}, saying which stores could not be asked
   */
  public Archive ofSet(SetId set) {
    return find(
        "set " + set,
        ErrorType.SET_UNKNOWN,
        archive -> archive.sets().stream().anyMatch(s -> s.set().equals(set)));
  }

  private Archive find(String what, ErrorType unknown, Predicate<Archive> holds) {
    var problems = new ArrayList<String>();
    for (var system : systems) {
      try {
        var archive = open.apply(system);
        if (holds.test(archive)) {
          return archive;
        }
      } catch (ResurgeException e) {
        problems.add(system + ": " + e.getMessage());
      }
    }
    throw new ResurgeException(
        unknown,
        "looking for "
            + what
            + " in the stores of "
            + (systems.isEmpty() ? "no runbook at all" : String.join(", ", systems))
            + ": it is in none of them"
            + (problems.isEmpty() ? "" : "; not asked: " + String.join("; ", problems)));
  }
}
