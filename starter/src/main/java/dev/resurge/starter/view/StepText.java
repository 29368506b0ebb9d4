package dev.resurge.starter.view;

import dev.resurge.workflows.model.Expected;
import dev.resurge.workflows.model.Step;
import java.time.Instant;
import java.util.Optional;

/** One line per step. */
final class StepText {
  private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
  private static final int TIME = 12;

  private StepText() {}

  /** {@code ✓ stage database … 8.1 s}, one column narrower than told. */
  static String line(
      Step step,
      Optional<Expected> expected,
      int nameWidth,
      Instant now,
      int width,
      int frame,
      Style style) {
    var took = Times.between(step.start(), step.end().orElse(now));
    var name = Columns.pad(title(step), nameWidth);
    var room = Math.max(0, width - 4 - nameWidth - 2 - TIME - 2);
    var detail = Columns.pad(Columns.cut(detail(step, expected), room), room);
    var time = step.outcome() == Step.Outcome.NOTE ? "" : took;
    return "  "
        + mark(step.outcome(), frame, style)
        + " "
        + name
        + "  "
        + style.faint(detail)
        + " ".repeat(Math.max(1, TIME - time.length()))
        + time;
  }

  /** {@code stage database}. */
  static String title(Step step) {
    return step.name() + step.component().map(c -> " " + c).orElse("");
  }

  /** What happened to it beside its name, or how long it is likely to take. */
  static String detail(Step step, Optional<Expected> expected) {
    var detail = detail(step);
    return detail.isEmpty() ? expected.map(e -> "takes " + e.range()).orElse("") : detail;
  }

  private static String detail(Step step) {
    var attempts = step.attempts() > 1 ? "attempt " + step.attempts() : "";
    var detail = step.detail().orElse("");
    return attempts.isEmpty() || detail.isEmpty() ? attempts + detail : attempts + ": " + detail;
  }

  /** One sign, that says it without colour too. */
  static String mark(Step.Outcome outcome, int frame, Style style) {
    return switch (outcome) {
      case RUNNING -> style.busy(SPINNER[Math.floorMod(frame, SPINNER.length)]);
      case DONE -> style.good("✓");
      case FAILED -> style.bad("✗");
      case SKIPPED -> style.warn("–");
      case WAITING -> style.warn("…");
      case NOTE -> style.faint("·");
    };
  }
}
