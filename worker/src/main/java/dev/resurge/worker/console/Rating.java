package dev.resurge.worker.console;

import dev.resurge.worker.watch.Shortfall;
import dev.resurge.worker.watch.SystemState;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.readiness.ReadinessWords;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** How bad it is with a system, as the watch judged it: a word, a colour, and who comes first. */
record Rating(SystemState state) {
  /** Worst first. */
  private static final List<Shortfall> GRAVITY =
      List.of(
          Shortfall.NO_GOOD_SET,
          Shortfall.RECOVERY_POINT,
          Shortfall.RECOVERY_TIME,
          Shortfall.UNSEEN,
          Shortfall.TEST_DUE);

  /** Worst first, then who falls short in more, then by name. */
  static final Comparator<Rating> WORST_FIRST =
      Comparator.comparingInt(Rating::rank)
          .thenComparingInt(rating -> -rating.state().shortfalls().size())
          .thenComparing(rating -> rating.state().system());

  private int rank() {
    var worst =
        state.shortfalls().keySet().stream()
            .mapToInt(GRAVITY::indexOf)
            .min()
            .orElse(GRAVITY.size());
    return worst == GRAVITY.size() && fallsShort() ? GRAVITY.size() - 1 : worst;
  }

  /** Whether somebody must do something about it. */
  boolean fallsShort() {
    return !state.shortfalls().isEmpty() || !state.readiness().map(Readiness::ready).orElse(false);
  }

  /** {@code ready}, {@code not ready}, or {@code not seen} if nothing is known of it. */
  String word() {
    return state.readiness().map(ReadinessWords::ready).orElse("not seen");
  }

  /** The colour: {@code good}, {@code warn} or {@code bad}. */
  String tone() {
    if (!fallsShort()) {
      return "good";
    }
    return state.readiness().map(Readiness::ready).orElse(true) ? "warn" : "bad";
  }

  /** The sign that goes with the colour. */
  String mark() {
    return switch (tone()) {
      case "good" -> "✓";
      case "warn" -> "!";
      default -> "✗";
    };
  }

  /** In what it falls short, worst first. */
  List<Shortfall> shortfalls() {
    return GRAVITY.stream().filter(state.shortfalls()::containsKey).toList();
  }

  /** Since when it falls short in that. */
  Instant since(Shortfall shortfall) {
    return state.since(shortfall).orElseThrow();
  }
}
