package dev.resurge.starter.view;

import dev.resurge.starter.runs.RunState;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All of a run that stands still for reading. */
public final class StatusText {
  private StatusText() {}

  /** A run that Temporal knows. */
  public static List<String> lines(
      RunState state, Instant now, int width, Style style, String taskQueue) {
    var lines = new ArrayList<>(new LiveText(style).lines(state, now, width, taskQueue));
    lines.add(
        1,
        "  "
            + state.temporalStatus()
            + state.status().map(Status::phase).or(state::phase).map(p -> ", " + p).orElse("")
            + ", started "
            + Times.text(state.started()));
    state.status().ifPresent(status -> lines.addAll(rest(state, status, width, style)));
    return List.copyOf(lines);
  }

  private static List<String> rest(RunState state, Status status, int width, Style style) {
    var lines = new ArrayList<String>();
    section(lines, "Findings", findings(status.findings()), style);
    section(lines, "Checks", checks(status.checks()), style);
    section(lines, "Decisions", decisions(status.decisions()), style);
    status
        .plan()
        .ifPresent(plan -> {
          lines.add("");
          lines.addAll(PlanText.lines(plan, status.prediction(), width, style));
        });
    status
        .question()
        .filter(question -> !state.ended())
        .ifPresent(question -> {
          lines.add("");
          lines.addAll(QuestionText.lines(state.ref(), question, width, style));
        });
    status
        .result()
        .ifPresent(result -> {
          lines.add("");
          lines.addAll(EndText.lines(result, width, style));
        });
    return lines;
  }

  static void section(List<String> lines, String title, List<String> content, Style style) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(style.bold(title));
      content.forEach(line -> lines.add("  " + line));
    }
  }

  static List<String> steps(List<Step> steps) {
    return steps.stream().map(step -> StepLines.change(step, Forecast.NONE)).toList();
  }

  static List<String> findings(List<Finding> findings) {
    return findings.stream()
        .map(f ->
            f.severity().name().toLowerCase(Locale.ROOT)
                + " "
                + f.type().id()
                + ", "
                + f.subject()
                + ": "
                + f.message())
        .toList();
  }

  static List<String> checks(List<CheckResult> checks) {
    return checks.stream()
        .map(c ->
            (c.passed() ? "✓ " : c.fails() ? "✗ " : "! ")
                + c.check()
                + " ("
                + c.when()
                + (c.passed() ? "" : c.severity().map(s -> ", " + s.id()).orElse(""))
                + "): expected "
                + c.expected()
                + ", found "
                + c.actual()
                + c.by().map(by -> ", by " + by.describe()).orElse(""))
        .toList();
  }

  static List<String> decisions(List<DecisionRecord> decisions) {
    return decisions.stream()
        .map(d ->
            Times.text(d.at())
                + " "
                + d.kind().name().toLowerCase(Locale.ROOT)
                + d.choice().map(c -> " " + c).orElse("")
                + " "
                + d.code()
                + " by "
                + d.by().describe()
                + ": "
                + d.answer()
                + d.comment().map(c -> " (" + c + ")").orElse(""))
        .toList();
  }
}
