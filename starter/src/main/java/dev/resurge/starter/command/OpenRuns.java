package dev.resurge.starter.command;

import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.runs.Runs;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The canonical runs of a system that are going on. */
final class OpenRuns {
  private final Runs runs;
  private final String system;

  OpenRuns(Runs runs, String system) {
    this.runs = runs;
    this.system = system;
  }

  /** All of them. */
  List<RunState> all() {
    return Arrays.stream(Procedure.values())
        .flatMap(procedure -> runs.find(procedure, system).stream())
        .filter(state -> !state.ended())
        .toList();
  }

  /**
   * The one that is meant.
   *
   * @param named empty if there can only be one
   * @throws ResurgeException {@code RunUnknown} if there is none, {@code InputInvalid} if several
   */
  RunState one(Optional<Procedure> named) {
    var open =
        all().stream().filter(s -> named.isEmpty() || s.ref().procedure() == named.get()).toList();
    if (open.isEmpty()) {
      throw none(named.map(Procedure::id).orElse("run"));
    }
    if (open.size() > 1) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "several runs of " + system + " are going on; name one of " + names(open));
    }
    return open.getFirst();
  }

  ResurgeException none(String what) {
    return new ResurgeException(
        ErrorType.RUN_UNKNOWN, "looking for a " + what + " of " + system + ": none is going on");
  }

  private static String names(List<RunState> open) {
    return open.stream().map(s -> s.ref().procedure().id()).collect(Collectors.joining(", "));
  }
}
