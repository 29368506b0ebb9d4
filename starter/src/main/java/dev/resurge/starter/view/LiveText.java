package dev.resurge.starter.view;

import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.runs.Transfer;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The picture of a run at a moment: a heading, a line per step, a line per transfer. */
public final class LiveText {
  private final Speeds speeds = new Speeds();
  private final Style style;
  private int frame;

  public LiveText(Style style) {
    this.style = style;
  }

  /**
   * Draws it.
   *
   * @param taskQueue for the hint where no worker polls
   */
  public List<String> lines(RunState state, Instant now, int width, String taskQueue) {
    frame++;
    var lines = new ArrayList<String>();
    lines.add(heading(state, now, width));
    state.status().ifPresent(status -> lines.addAll(steps(status, now, width)));
    for (var transfer : state.transfers()) {
      transferLine(transfer, now, width).ifPresent(lines::add);
    }
    if (!state.ended()) {
      worker(state, taskQueue, width).ifPresent(lines::add);
    }
    return lines;
  }

  private String heading(RunState state, Instant now, int width) {
    var title = state.ref().describe();
    var run = state.status().map(s -> "  " + s.run()).orElse("");
    var took = Times.between(state.started(), state.closed().orElse(now));
    var gap = " ".repeat(Math.max(1, width - 1 - title.length() - run.length() - took.length()));
    return style.bold(title) + style.faint(run) + gap + took;
  }

  private List<String> steps(Status status, Instant now, int width) {
    var longest = status.steps().stream().mapToInt(s -> StepText.title(s).length()).max().orElse(0);
    var nameWidth = Math.min(longest, Math.max(12, width / 2));
    return status.steps().stream()
        .map(step ->
            StepText.line(step, status.forecast().of(step), nameWidth, now, width, frame, style))
        .toList();
  }

  private Optional<String> transferLine(Transfer transfer, Instant now, int width) {
    var words = new ArrayList<String>();
    speeds.describe(transfer, now).ifPresent(words::add);
    if (transfer.attempt() > 1) {
      words.add(
          transfer.activity()
              + ", attempt "
              + transfer.attempt()
              + transfer.lastFailure().map(f -> ", after: " + f).orElse(""));
    }
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of("      " + style.busy(Columns.cut(String.join(" · ", words), width - 7)));
  }

  private Optional<String> worker(RunState state, String taskQueue, int width) {
    return workerHint(state.worker(), taskQueue)
        .map(hint -> "  " + style.warn(Columns.cut(hint, width - 3)));
  }

  /** What to say about the worker, if anything. */
  static Optional<String> workerHint(RunState.Worker worker, String taskQueue) {
    return switch (worker) {
      case ANSWERS -> Optional.empty();
      case SILENT -> Optional.of("the worker does not answer just now; still asking");
      case MISSING ->
          Optional.of("no worker polls task queue " + taskQueue + "; start one: ./resurge worker");
    };
  }

  /** Whether a step is over, for those who print each step once. */
  static boolean over(Step step) {
    return switch (step.outcome()) {
      case RUNNING, WAITING -> false;
      case DONE, FAILED, SKIPPED, NOTE -> true;
    };
  }
}
