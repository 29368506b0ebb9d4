package dev.resurge.worker.console;

import dev.resurge.activities.store.SetEntry;
import dev.resurge.worker.console.SystemView.RunLine;
import dev.resurge.worker.console.SystemView.SetLine;
import dev.resurge.worker.watch.SystemState;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.runbook.Runbook;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the page of one system of what the watch saw and what its store holds; pure. */
record SystemViews(Visit visit, Said said) {
  private static final int RUNS = 60;

  SystemView page(SystemState state, Goings goings, History history) {
    var rating = new Rating(state);
    var figures = new Figures(state, said);
    var runs = runs(history);
    return new SystemView(
        visit.root(),
        visit.person().orElse(""),
        Said.exactly(said.now()),
        state.system(),
        state.runbook().flatMap(runbook -> runbook.metadata().description()).orElse(""),
        rating.tone(),
        rating.mark(),
        rating.word(),
        said.timeAndAge(state.lookedAt()),
        rating.shortfalls().stream()
            .map(each -> each.words() + ", since " + said.timeAndAge(rating.since(each)))
            .toList(),
        state.unseen().orElse(""),
        unread(history),
        figures.point(),
        figures.time(),
        figures.test(),
        goings.of(state.system()),
        goings.trouble(),
        state.readiness().map(Readiness::findings).orElse(List.of()),
        state.runbook().map(runbook -> new Charts(runbook, history).all()).orElse(List.of()),
        state.runbook().map(runbook -> runbook.spec().store().describe()).orElse(""),
        history.sets().stream().map(set -> set(set, state.runbook(), history)).toList(),
        history.moreSets(),
        runs.stream().limit(RUNS).toList(),
        Math.max(0, runs.size() - RUNS));
  }

  private String unread(History history) {
    return history
        .trouble()
        .map(why ->
            why
                + "\n"
                + history
                    .readAt()
                    .map(at -> "What is shown below was read at " + said.timeAndAge(at) + ".")
                    .orElse("Nothing of it was read yet."))
        .orElse("");
  }

  private SetLine set(SetEntry entry, Optional<Runbook> runbook, History history) {
    var summary = entry.summary();
    return new SetLine(
        entry.set().value(),
        summary.map(set -> set.kind().id()).orElse("?"),
        summary.map(set -> Said.time(set.recoveryPoint())).orElse("?"),
        summary.map(set -> said.ago(set.recoveryPoint())).orElse(""),
        summary.map(set -> set.raw().human() + ", stored as " + set.stored().human()).orElse("?"),
        summary.map(set -> holds(set, runbook)).orElse("?"),
        entry.badReason().isPresent() || entry.unreadable().isPresent() ? "bad" : "",
        standing(entry, history),
        summary.map(SystemViews::labels).orElse(""));
  }

  private static String holds(SetSummary set, Optional<Runbook> runbook) {
    var whole = runbook.filter(known -> !set.holds(known.componentNames())).isEmpty();
    return String.join(", ", set.components()) + (whole ? "" : " (a part)");
  }

  private static String labels(SetSummary set) {
    return set.labels().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(" "));
  }

  private String standing(SetEntry entry, History history) {
    if (entry.unreadable().isPresent()) {
      var why = entry.unreadable().get();
      return "not believed: " + why.type().id() + ": " + why.message();
    }
    return entry
        .badReason()
        .map(why -> "marked bad: " + why)
        .or(() -> tried(entry.set(), history))
        .orElseGet(() ->
            entry.summary().filter(set -> set.kind() == SetKind.SAFETY).isPresent()
                ? "signed; to go back to"
                : "signed; not tried yet");
  }

  /** The newest run that brought it back or read all of it. */
  private Optional<String> tried(SetId set, History history) {
    return history.runs().stream()
        .filter(run -> run.proves() && run.about().equals(Optional.of(set)))
        .max(Comparator.comparing(RunFacts::ended))
        .map(run -> "signed; passed " + run.procedure().id() + " " + said.ago(run.ended()));
  }

  private static List<RunLine> runs(History history) {
    var believed = history.runs().stream().map(SystemViews::run);
    var others =
        history.unbelieved().entrySet().stream()
            .map(entry -> unbelieved(entry.getKey(), entry.getValue()));
    return Stream.concat(believed, others)
        .sorted(Comparator.comparing(RunLine::id).reversed())
        .toList();
  }

  private static RunLine run(RunFacts run) {
    var tone =
        switch (run.verdict()) {
          case PASS -> "good";
          case FAIL_OBJECTIVE, SWAPPED_BACK, REFUSED, REJECTED, ABORTED -> "warn";
          case FAIL_INTEGRITY, FAILED -> "bad";
        };
    return new RunLine(
        run.run().value(),
        run.procedure().id(),
        Said.time(run.began()),
        Said.span(span(run)),
        tone,
        tone.equals("good") ? "✓" : tone.equals("warn") ? "!" : "✗",
        run.verdict().id(),
        run.summary(),
        true);
  }

  private static Duration span(RunFacts run) {
    var took = Duration.between(run.began(), run.ended());
    return took.isNegative() ? Duration.ZERO : took;
  }

  private static RunLine unbelieved(RunId run, String why) {
    return new RunLine(
        run.value(),
        run.procedure().map(Procedure::id).orElse("?"),
        Said.time(run.started()),
        "?",
        "bad",
        "✗",
        "not believed",
        why,
        false);
  }
}
