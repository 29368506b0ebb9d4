package dev.resurge.activities.evidence;

import dev.resurge.activities.evidence.ReportView.Fact;
import dev.resurge.activities.evidence.ReportView.TrialRow;
import dev.resurge.activities.evidence.ReportView.TrialView;
import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Trial;
import dev.resurge.workflows.model.Trial.Outcome;
import java.util.ArrayList;
import java.util.List;

/** The fields of guide 003's restore test report, as text. */
final class TrialViews {
  private static final String NONE = "–";

  private TrialViews() {}

  static TrialView view(Trial trial) {
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("Data verification", words(trial.verification()), false));
    facts.add(new Fact("The runbook's checks", words(trial.checks()), false));
    facts.add(
        new Fact("Restored in", trial.staged().map(Words::span).orElse("not measured"), false));
    facts.add(
        new Fact(
            "Restored, verified and checked in",
            trial.verified().map(Words::span).orElse("not measured"),
            false));
    trial.nextDue().ifPresent(due -> facts.add(new Fact("Next due (UTC)", Words.time(due), false)));
    return new TrialView(
        List.copyOf(facts),
        trial.parts().stream().map(TrialViews::row).toList(),
        trial.issues(),
        trial.actions(),
        trial.tearDown().left().isEmpty(),
        cleared(trial.tearDown().proved()),
        trial.tearDown().left());
  }

  private static TrialRow row(Trial.Part part) {
    return new TrialRow(
        part.component(),
        words(part.restored()),
        css(part.restored()),
        part.place().orElse(NONE),
        part.size().map(ByteSize::human).orElse(NONE),
        part.took().map(Words::span).orElse(NONE));
  }

  private static String cleared(List<String> proved) {
    return proved.isEmpty()
        ? ""
        : "Removed, looked for again and not found: the copies of "
            + String.join(", ", proved)
            + ".";
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case NOT_DONE -> "not done";
    };
  }

  private static String css(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "ok";
      case FAILED -> "no";
      case NOT_DONE -> "soft";
    };
  }
}
