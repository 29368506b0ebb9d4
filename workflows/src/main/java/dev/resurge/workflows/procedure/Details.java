package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.PlanWords;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Step;
import java.time.Duration;

/** A run's status as Markdown, for the details that Temporal's UI shows. */
final class Details {
  private Details() {}

  static String markdown(Status status) {
    var text = new StringBuilder();
    text.append("**").append(status.phase()).append("** · ").append(status.run()).append("\n\n");
    status
        .question()
        .ifPresent(q ->
            text.append("**Waiting for you** (`")
                .append(q.code())
                .append("`): ")
                .append(q.text())
                .append("\n\nChoices: ")
                .append(String.join(", ", q.choices()))
                .append("\n\n"));
    status
        .plan()
        .ifPresent(p -> {
          text.append("Plan `").append(p.code()).append("`: ").append(p.source());
          text.append(", recovery point ").append(p.recoveryPoint()).append("\n\n");
          p.givenUp().forEach(line -> text.append("- given up: ").append(line).append('\n'));
          text.append("- takes: ").append(PlanWords.takes(status.forecast())).append('\n');
          text.append('\n');
        });
    status.steps().forEach(step -> text.append(line(step, status.forecast())).append('\n'));
    return text.toString();
  }

  private static String line(Step step, Forecast forecast) {
    var mark =
        switch (step.outcome()) {
          case DONE -> "✓";
          case FAILED -> "✗";
          case RUNNING -> "…";
          case WAITING -> "⏸";
          case SKIPPED -> "–";
          case NOTE -> "·";
        };
    return "- "
        + mark
        + " "
        + step.name()
        + step.component().map(c -> " " + c).orElse("")
        + step.end()
            .map(end -> Duration.between(step.start(), end))
            .filter(d -> !d.isZero())
            .map(d -> " (" + Durations.human(d) + ")")
            .orElse("")
        + forecast.of(step).map(e -> " (takes " + e.range() + ")").orElse("")
        + step.detail().map(d -> ": " + d.lines().findFirst().orElse("")).orElse("");
  }
}
