package dev.resurge.starter.view;

import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Retained;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A finished run, read from its evidence. */
public final class EvidenceText {
  private EvidenceText() {}

  /** The evidence in lines. */
  public static List<String> lines(Evidence evidence, int width, Style style) {
    var lines = new ArrayList<String>();
    lines.add(
        style.bold(evidence.procedure().id() + " of " + evidence.system()) + "  " + evidence.run());
    lines.addAll(
        new Fields(width, style)
            .add("verdict", evidence.verdict().id())
            .add("summary", evidence.summary())
            .add("asked by", evidence.requester().describe())
            .add("reason", evidence.reason().orElse(""))
            .add("requested", Times.text(evidence.clocks().requested()))
            .add("ended", Times.text(evidence.ended()))
            .add("set", evidence.set().map(s -> s.set().value()).orElse(""))
            .add("safety set", evidence.safetySet().map(s -> s.set().value()).orElse(""))
            .add("why", evidence.failure().map(Evidence.Failure::message).orElse(""))
            .add("next", evidence.failure().map(Evidence.Failure::remedy).orElse(""))
            .add("notes", evidence.notes())
            .lines());
    StatusText.section(
        lines, "Measured", evidence.measures().stream().map(EvidenceText::measure).toList(), style);
    StatusText.section(lines, "Steps", StatusText.steps(evidence.steps()), style);
    StatusText.section(lines, "Findings", StatusText.findings(evidence.findings()), style);
    StatusText.section(lines, "Checks", StatusText.checks(evidence.checks()), style);
    evidence
        .trial()
        .ifPresent(trial -> StatusText.section(lines, "Tried", TrialText.lines(trial), style));
    StatusText.section(lines, "Decisions", StatusText.decisions(evidence.decisions()), style);
    StatusText.section(
        lines, "Kept", evidence.retained().stream().map(EvidenceText::kept).toList(), style);
    evidence
        .plan()
        .ifPresent(plan -> {
          lines.add("");
          lines.addAll(PlanText.lines(plan, Optional.empty(), width, style));
        });
    return List.copyOf(lines);
  }

  private static String measure(Measure measure) {
    return measure.name()
        + ": "
        + measure.actual().map(Durations::human).orElse("not measured")
        + measure.objective().map(o -> ", objective " + Durations.human(o)).orElse("")
        + measure.met().map(met -> met ? ", met" : ", missed").orElse("");
  }

  private static String kept(Retained kept) {
    return kept.component()
        + ": "
        + kept.name()
        + " ("
        + kept.why()
        + ", "
        + kept.size().human()
        + ")";
  }
}
