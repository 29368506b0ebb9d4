package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a run that goes on will not pass, and what it is called in the end. */
final class Flaws {
  private final List<String> reasons = new ArrayList<>();
  private Optional<Verdict> first = Optional.empty();

  /** One more; the first decides how the run is called. */
  void add(Verdict verdict, String why) {
    first = first.or(() -> Optional.of(verdict));
    reasons.add(why);
  }

  /** Whether there is one, so that the run cannot pass any more. */
  boolean any() {
    return first.isPresent();
  }

  /** All of them, in the order in which they were found. */
  List<String> reasons() {
    return List.copyOf(reasons);
  }

  /**
   * The verdict: what ended the run early counts before any flaw, a flaw before an objective that
   * was missed.
   *
   * @param ended empty if the guide was followed to its end
   */
  Verdict verdict(Optional<RunEnded> ended, List<Measure> measures) {
    return ended
        .map(RunEnded::verdict)
        .or(() -> first)
        .orElse(Measures.missed(measures) ? Verdict.FAIL_OBJECTIVE : Verdict.PASS);
  }
}
