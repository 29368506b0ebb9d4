package dev.resurge.starter.view;

import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunResult;
import dev.resurge.workflows.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a run ended, in a few lines. */
public final class EndText {
  private EndText() {}

  /** Verdict and summary first, then what was measured and where the report is. */
  public static List<String> lines(RunResult result, int width, Style style) {
    var lines = new ArrayList<String>();
    lines.add(verdict(result, style));
    lines.addAll(
        new Fields(width, style)
            .add("set", result.set().map(Object::toString).orElse(""))
            .add("measured", String.join(", ", measured(result)))
            .add("why", why(result))
            .add("next", result.failure().map(Evidence.Failure::remedy).orElse(""))
            .add("evidence", result.evidence().map(key -> key + ".html").orElse(""))
            .add(
                "report",
                result
                    .run()
                    .filter(run -> result.evidence().filter(EndText::isInStore).isPresent())
                    .map(run -> "./resurge report " + run + " --out report.html")
                    .orElse(""))
            .lines());
    return List.copyOf(lines);
  }

  /** The summary usually says it already. */
  private static String why(RunResult result) {
    return result
        .failure()
        .map(Evidence.Failure::message)
        .filter(message -> !result.summary().contains(message))
        .orElse("");
  }

  /** A store that was away left the report on the worker's machine, where no command looks. */
  private static boolean isInStore(String evidence) {
    return !evidence.startsWith("/");
  }

  private static String verdict(RunResult result, Style style) {
    var verdict = result.verdict();
    var word = verdict.map(Verdict::id).orElse("ended");
    var passed = verdict.filter(Verdict.PASS::equals).isPresent();
    var mark = passed ? style.good("✓ " + word) : style.bad("✗ " + word);
    return mark + (result.summary().isEmpty() ? "" : "  " + result.summary());
  }

  private static List<String> measured(RunResult result) {
    var clocks = result.clocks();
    var parts = new ArrayList<String>();
    clocks.declared().ifPresent(from -> took(parts, "declared to healthy", from, clocks.healthy()));
    took(parts, "requested to healthy", clocks.requested(), clocks.healthy());
    clocks
        .quiesced()
        .filter(from -> !wasDownBefore(result))
        .ifPresent(from -> took(parts, "downtime", from, clocks.healthy()));
    return parts;
  }

  private static boolean wasDownBefore(RunResult result) {
    return result.run().filter(run -> run.isOf(Procedure.RECOVER)).isPresent();
  }

  private static void took(List<String> parts, String name, Instant from, Optional<Instant> to) {
    to.ifPresent(end -> parts.add(name + " " + Times.between(from, end)));
  }
}
