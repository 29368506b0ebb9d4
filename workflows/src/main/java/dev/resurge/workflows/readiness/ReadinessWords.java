package dev.resurge.workflows.readiness;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Measure;

/** How readiness is said to people: the same on the command line and on the worker's pages. */
public final class ReadinessWords {
  private ReadinessWords() {}

  /** {@code ready} or {@code not ready}. */
  public static String ready(Readiness readiness) {
    return readiness.ready() ? "ready" : "not ready";
  }

  /** {@code 3 h 5 min of 24 h 0 min}, {@code not measured of …}, {@code … (no objective)}. */
  public static String against(Measure measure) {
    var actual = measure.actual().map(Durations::human).orElse("not measured");
    return measure
        .objective()
        .map(objective -> actual + " of " + Durations.human(objective))
        .orElse(actual + " (no objective)");
  }

  /** Whether an objective is not proven to be met: it was missed, or not measured. */
  public static boolean fallsShort(Measure measure) {
    return measure.objective().isPresent() && !measure.met().orElse(false);
  }
}
