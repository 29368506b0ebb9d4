package dev.resurge.worker.console;

import dev.resurge.worker.console.ConsoleView.SystemLine;
import dev.resurge.worker.watch.Shortfall;
import dev.resurge.worker.watch.SystemState;
import dev.resurge.worker.watch.WatchState;
import java.util.ArrayList;
import java.util.List;

/** Makes the page of all systems of what the watch saw; pure, and of memory alone. */
record ConsoleViews(String installation, Visit visit, Said said) {
  /** Descriptions are sentences; of a longer one the system's own page shows the rest. */
  private static final int DESCRIPTION = 140;

  ConsoleView page(WatchState watched, Goings goings) {
    var ratings =
        watched.systems().values().stream().map(Rating::new).sorted(Rating.WORST_FIRST).toList();
    return new ConsoleView(
        visit.root(),
        installation,
        visit.person().orElse(""),
        Said.exactly(said.now()),
        tone(ratings),
        headline(ratings, watched.awaited().size()),
        summary(ratings),
        goings.trouble(),
        goings.all(),
        ratings.stream().map(rating -> line(rating, goings)).toList(),
        List.copyOf(watched.awaited()));
  }

  /** The worst of all. */
  private static String tone(List<Rating> ratings) {
    return ratings.stream().anyMatch(rating -> rating.tone().equals("bad"))
        ? "bad"
        : ratings.stream().anyMatch(Rating::fallsShort) ? "warn" : "good";
  }

  /** {@code 3 systems: 2 ready, 1 falls short}. */
  static String headline(List<Rating> ratings, int awaited) {
    var all = ratings.size() + awaited;
    var shorts = (int) ratings.stream().filter(Rating::fallsShort).count();
    var parts = new ArrayList<String>();
    if (ratings.size() > shorts) {
      parts.add(ratings.size() - shorts + " ready");
    }
    if (shorts > 0) {
      parts.add(shorts + (shorts == 1 ? " falls short" : " fall short"));
    }
    if (awaited > 0) {
      parts.add(awaited + " not looked at yet");
    }
    return all + (all == 1 ? " system" : " systems") + ": " + String.join(", ", parts);
  }

  private String summary(List<Rating> ratings) {
    return ratings.stream()
        .map(Rating::state)
        .map(SystemState::lookedAt)
        .min(java.util.Comparator.naturalOrder())
        .map(oldest -> "The oldest look at one of them was " + said.ago(oldest) + ".")
        .orElse(
            "Each has a runbook in the folder of this worker; there is none that was looked at.");
  }

  private SystemLine line(Rating rating, Goings goings) {
    var state = rating.state();
    var figures = new Figures(state, said);
    return new SystemLine(
        state.system(),
        description(state),
        rating.tone(),
        rating.mark(),
        rating.word(),
        rating.shortfalls().stream().map(Shortfall::words).toList(),
        figures.point(),
        figures.time(),
        figures.test(),
        goings.of(state.system()),
        state.readiness().map(readiness -> readiness.findings().size()).orElse(0));
  }

  private static String description(SystemState state) {
    return state
        .runbook()
        .flatMap(runbook -> runbook.metadata().description())
        .map(text -> text.length() > DESCRIPTION ? text.substring(0, DESCRIPTION) + "…" : text)
        .orElse("");
  }
}
