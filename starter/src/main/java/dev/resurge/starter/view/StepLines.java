package dev.resurge.starter.view;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Steps for logs and pipes: what changed, when, without control codes. */
final class StepLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private StepLines() {}

  /** {@code 03:15:08Z ✓ stage database (8.1 s)}. */
  static String change(Step step, Forecast forecast) {
    var over = LiveText.over(step);
    var took =
        step.end()
            .filter(end -> step.outcome() != Step.Outcome.NOTE)
            .map(end -> " (" + Durations.human(Duration.between(step.start(), end)) + ")")
            .orElse("");
    var detail = firstLine(StepText.detail(step, forecast.of(step)));
    Instant at = over ? step.end().orElse(step.start()) : step.start();
    return TIME.format(at)
        + " "
        + (step.outcome() == Step.Outcome.RUNNING
            ? "▸"
            : StepText.mark(step.outcome(), 0, Style.PLAIN))
        + " "
        + StepText.title(step)
        + took
        + (detail.isEmpty() ? "" : ": " + detail);
  }

  /** What a question says at length is shown with the question. */
  private static String firstLine(String detail) {
    var end = detail.indexOf('\n');
    return end < 0 ? detail : detail.substring(0, end) + " …";
  }
}
