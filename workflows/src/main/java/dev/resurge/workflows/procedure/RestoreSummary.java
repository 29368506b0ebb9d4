package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Verdict;
import java.time.Duration;
import java.util.Optional;

/** One sentence about a restore, for the person who reads only one. */
final class RestoreSummary {
  private RestoreSummary() {}

  /**
   * @param rebuilt whether nothing of it was there before
   */
  static String sentence(
      Verdict verdict,
      String what,
      Optional<Evidence.Failure> failure,
      Clocks clocks,
      int components,
      boolean rebuilt) {
    var why = failure.map(Evidence.Failure::message).orElse("");
    if (failure.filter(f -> f.type().equals(ErrorType.JOURNAL_UNSETTLED.id())).isPresent()
        && verdict == Verdict.FAILED) {
      return "It is not known which data is live; look at the journal: " + why;
    }
    return switch (verdict) {
      case PASS -> restored(what, clocks, components, rebuilt) + ".";
      case FAIL_OBJECTIVE ->
          restored(what, clocks, components, rebuilt) + ", but an objective was missed.";
      case FAIL_INTEGRITY ->
          clocks.healthy().isPresent()
              ? restored(what, clocks, components, rebuilt)
                  + ", but something afterwards failed. "
                  + why
              : "Nothing was replaced: " + why;
      case SWAPPED_BACK ->
          (rebuilt ? "Nothing is live, as before" : "The old data is live again")
              + "; the restored copy of "
              + what
              + " was put aside: "
              + why;
      case REFUSED -> "Nothing was touched: " + why;
      case REJECTED, ABORTED -> "The live data stayed as it was: " + why;
      case FAILED ->
          clocks.quiesced().isPresent()
              ? "The cut over did not end as it should; look at the journal: " + why
              : "The live data was not touched: " + why;
    };
  }

  /** What was rebuilt was down before, for longer than this run knows. */
  private static String restored(String what, Clocks clocks, int components, boolean rebuilt) {
    var downtime =
        clocks
            .quiesced()
            .filter(q -> !rebuilt)
            .flatMap(q -> clocks.healthy().map(h -> Duration.between(q, h)))
            .map(d -> " with " + Durations.human(d) + " of downtime")
            .orElse("");
    return components
        + (components == 1 ? " component" : " components")
        + " restored from "
        + what
        + downtime;
  }
}
