package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Forecast;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.PlanWords;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Status;
import dev.resurge.workflows.model.Step;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A run's status as Markdown, for the details that Temporal's UI shows. Whoever reads them may
 * answer in that UI, where nothing else says what an answer looks like: they hold it, to copy.
 */
final class Details {
  private static final String HOW = "Answer by the update or the signal `answer`, with one of:";

  private final StringBuilder text = new StringBuilder();

  private Details() {}

  static String markdown(Status status, Desk desk) {
    var details = new Details();
    details.paragraph("**" + status.phase() + "** · " + status.run());
    status.result().ifPresent(details::result);
    status.question().ifPresent(details::question);
    status.plan().ifPresent(plan -> details.plan(plan, status.prediction()));
    status
        .plan()
        .filter(plan -> desk.awaitsApproval())
        .ifPresent(plan -> details.approval(plan, desk));
    if (!status.decisions().isEmpty()) {
      details.paragraph("**Answers so far**");
      status.decisions().forEach(details::answered);
      details.text.append('\n');
    }
    details.paragraph("**Steps**");
    status.steps().forEach(step -> details.step(step, status.forecast()));
    return details.text.toString();
  }

  private void paragraph(String words) {
    text.append(words).append("\n\n");
  }

  private void item(String words) {
    text.append("- ").append(words.strip().replaceAll("\\s*\\R\\s*", " ")).append('\n');
  }

  private void result(RunResult result) {
    paragraph(result.verdict().map(v -> "**" + v.id() + "**: ").orElse("") + result.summary());
    result.evidence().ifPresent(key -> paragraph("Report, in the store: `" + key + ".html`"));
  }

  private void question(Question question) {
    paragraph("**Waiting for you**: " + question.text());
    paragraph(HOW);
    question.choices().forEach(choice -> payload("decide", question.code(), choice));
    text.append('\n');
  }

  private void plan(Plan plan, Optional<Forecast> forecast) {
    paragraph("**Plan** `" + plan.code() + "`: " + plan.source());
    PlanWords.givesUp(plan).forEach(line -> item("gives up: " + line));
    item("goes back to " + plan.recoveryPoint());
    PlanWords.replaces(plan)
        .forEach(line -> item((plan.rebuilds() ? "builds: " : "replaces: ") + line));
    item("stops: " + PlanWords.stops(plan));
    forecast.ifPresent(predicted -> item("takes: " + PlanWords.takes(predicted)));
    plan.warnings().forEach(line -> item("warning: " + line));
    text.append('\n');
  }

  private void approval(Plan plan, Desk desk) {
    paragraph("**It needs approval**: " + plan.approval() + ".");
    if (desk.believesNames()) {
      paragraph(HOW);
      payload("approve", plan.code(), "");
    } else {
      paragraph(
          "Nothing proves a name that is given here, so this page cannot approve it: that takes"
              + " `./resurge approve`, a link or a login. The update or the signal `answer` can"
              + " reject it:");
    }
    payload("reject", plan.code(), "");
    text.append('\n');
  }

  /** Codes and choices are our own words: nothing in them must be escaped. */
  private void payload(String kind, String code, String choice) {
    item(
        "`{\"kind\":\"%s\",\"code\":\"%s\",%s\"by\":\"your name\"}`"
            .formatted(kind, code, choice.isEmpty() ? "" : "\"choice\":\"%s\",".formatted(choice)));
  }

  /** Refused ones, too: nothing else in that UI says that an answer did not count. */
  private void answered(DecisionRecord answer) {
    item(
        answer.by().describe()
            + " said "
            + answer.choice().orElse(answer.kind().name().toLowerCase(Locale.ROOT))
            + ": "
            + answer.answer());
  }

  private void step(Step step, Forecast forecast) {
    var mark =
        switch (step.outcome()) {
          case DONE -> "✓";
          case FAILED -> "✗";
          case RUNNING -> "…";
          case WAITING -> "⏸";
          case SKIPPED -> "–";
          case NOTE -> "·";
        };
    item(
        mark
            + " "
            + Step.label(step.name(), step.component())
            + step.end()
                .map(end -> Duration.between(step.start(), end))
                .filter(d -> !d.isZero())
                .map(d -> " (" + Durations.human(d) + ")")
                .orElse("")
            + forecast.of(step).map(e -> " (takes " + e.range() + ")").orElse("")
            + step.detail().map(d -> ": " + d.lines().findFirst().orElse("")).orElse(""));
  }
}
