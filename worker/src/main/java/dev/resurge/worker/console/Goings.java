package dev.resurge.worker.console;

import dev.resurge.worker.console.ConsoleView.GoingLine;
import dev.resurge.worker.watch.TemporalState;
import dev.resurge.worker.watch.TemporalState.Going;
import dev.resurge.workflows.model.Question;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What goes on and who is waited for, as Temporal said it last. */
record Goings(Optional<TemporalState> state, boolean answerable, Said said) {
  /** Those that wait first, the longest waiting before. */
  private static final Comparator<Going> ORDER =
      Comparator.<Going, Boolean>comparing(going -> going.waiting().isEmpty())
          .thenComparing(
              going -> going.waiting().map(TemporalState.Waiting::since).orElse(going.since()))
          .thenComparing(Going::system);

  List<GoingLine> all() {
    return going().sorted(ORDER).map(this::line).toList();
  }

  List<GoingLine> of(String system) {
    return going()
        .filter(going -> going.system().equals(system))
        .sorted(ORDER)
        .map(this::line)
        .toList();
  }

  private java.util.stream.Stream<Going> going() {
    return state.stream().flatMap(known -> known.going().stream());
  }

  /** Why the list may be missing something; empty if Temporal answered. */
  String trouble() {
    if (state.isEmpty()) {
      return "Temporal was not asked yet: runs that go on are not shown.";
    }
    return state.get().answers()
        ? ""
        : "Temporal did not answer at "
            + Said.exactly(state.get().lookedAt())
            + ": runs that go on are not shown. ./resurge status says how it stands.";
  }

  private GoingLine line(Going going) {
    var waits = going.waiting();
    return new GoingLine(
        going.system(),
        going.procedure().id(),
        going.run().map(run -> run.value()).orElse(""),
        waits.isPresent(),
        waits
            .map(waiting -> words(waiting.kind()))
            .orElseGet(() -> going.doing().orElse("no worker says what it does")),
        said.ago(waits.map(TemporalState.Waiting::since).orElse(going.since())),
        waits.map(waiting -> command(waiting.kind(), going.system())).orElse(""),
        answerable && going.run().isPresent());
  }

  private static String words(Question.Kind kind) {
    return switch (kind) {
      case APPROVAL -> "waits for an approval";
      case PARKED -> "a step failed: waits for a person to say what next";
      case MANUAL -> "waits for a person to check";
      case DIRECTION -> "left half-way: waits for people to say which way";
    };
  }

  private static String command(Question.Kind kind, String system) {
    return kind == Question.Kind.APPROVAL
        ? "./resurge approve " + system
        : "./resurge decide " + system;
  }
}
