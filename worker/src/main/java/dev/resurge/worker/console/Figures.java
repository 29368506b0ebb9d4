package dev.resurge.worker.console;

import dev.resurge.worker.console.ConsoleView.Figure;
import dev.resurge.worker.watch.SystemState;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.readiness.ReadinessWords;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The three figures that a system is known by. Ages go on growing between two looks. */
record Figures(SystemState state, Said said) {
  private static final Figure UNKNOWN = new Figure("not known", "warn", "");

  /** Age of the data in the newest good set, beside the objective. */
  Figure point() {
    return state
        .readiness()
        .map(readiness ->
            figure(
                Measure.of(
                    readiness.recoveryPoint().name(),
                    state.recoveryPoint().map(said::age),
                    readiness.recoveryPoint().objective()),
                state
                    .recoveryPoint()
                    .map(at -> "backup of " + Said.time(at))
                    .orElse("no good set")))
        .orElse(UNKNOWN);
  }

  /** How long the last proof took, beside the objective. */
  Figure time() {
    return state
        .readiness()
        .map(readiness ->
            figure(
                readiness.recoveryTime(),
                readiness
                    .proof()
                    .map(proof -> proof.procedure().id() + ", " + said.ago(proof.at()))
                    .orElse("never proven")))
        .orElse(UNKNOWN);
  }

  /** When the next test of restoring is due. */
  Figure test() {
    return state.readiness().map(readiness -> test(readiness.testDue())).orElse(UNKNOWN);
  }

  private Figure test(Optional<Instant> due) {
    if (due.isEmpty()) {
      return new Figure("due now", "warn", "there was none yet");
    }
    var overdue = due.get().isBefore(said.now());
    return new Figure(
        (overdue ? "was due " : "due ") + said.ago(due.get()),
        overdue ? "warn" : "",
        Said.time(due.get()));
  }

  private static Figure figure(Measure measure, String detail) {
    var rounded =
        Measure.of(measure.name(), measure.actual().map(Figures::rounded), measure.objective());
    return new Figure(
        ReadinessWords.against(rounded).replaceAll("(?<= (?:min|h|d)) 0 (?:h|min|s)\\b", ""),
        ReadinessWords.fallsShort(measure) ? "bad" : "",
        detail);
  }

  /** Seconds of an age of hours say nothing. */
  private static Duration rounded(Duration actual) {
    return actual.toHours() > 0 ? Duration.ofMinutes(actual.toMinutes()) : actual;
  }
}
