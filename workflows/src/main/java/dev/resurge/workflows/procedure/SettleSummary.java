package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.procedure.CutOverResult.Outcome;
import java.util.List;
import java.util.Optional;

/** One sentence about a settle run, for the person who reads only one. */
final class SettleSummary {
  private SettleSummary() {}

  /**
   * @param of whose cut over it was about; empty if there was nothing to settle
   * @param outcome how the walk ended, if it did
   * @param others whose cut overs are unsettled besides
   */
  static String sentence(
      Verdict verdict,
      Optional<RunId> of,
      Optional<Outcome> outcome,
      Optional<RunEnded> ended,
      List<RunId> others) {
    var why = ended.map(e -> " " + e.failure().message()).orElse("");
    var more =
        others.isEmpty()
            ? ""
            : " Unsettled besides: "
                + String.join(", ", others.stream().map(RunId::value).toList())
                + "; settle again.";
    return outcome
            .map(o -> settled(verdict, of.orElseThrow(), o) + why)
            .orElseGet(() -> unmoved(verdict, of, ended) + why)
        + more;
  }

  private static String settled(Verdict verdict, RunId of, Outcome outcome) {
    var whose = "The cut over of run " + of + " is settled: ";
    if (outcome == Outcome.HEALTHY) {
      return whose
          + "the restored data is live and healthy"
          + (verdict == Verdict.PASS ? "." : ", but something afterwards failed.");
    }
    return whose
        + "the old data is live"
        + (verdict == Verdict.SWAPPED_BACK
            ? " again, for the restored data was not healthy."
            : ".");
  }

  private static String unmoved(Verdict verdict, Optional<RunId> of, Optional<RunEnded> ended) {
    if (ended.isEmpty()) {
      return of.map(run -> "The cut over of run " + run + " was settled by somebody else.")
          .orElse("Nothing is unsettled.");
    }
    if (verdict == Verdict.FAILED
        && ended.get().failure().type().equals(ErrorType.JOURNAL_UNSETTLED.id())) {
      return "It is not known which data is live; settle again.";
    }
    return of.map(run -> "Nothing was moved; the cut over of run " + run + " stays unsettled.")
        .orElse("Nothing was moved.");
  }
}
