package dev.resurge.starter.view;

import dev.resurge.workflows.model.ByteSize;
import dev.resurge.workflows.model.Durations;
import dev.resurge.workflows.model.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What trying a set showed. */
final class TrialText {
  private TrialText() {}

  static List<String> lines(Trial trial) {
    var lines = new ArrayList<String>();
    trial.parts().forEach(part -> lines.add(part(part)));
    lines.add("data verification " + words(trial.verification()));
    lines.add("the runbook's checks " + words(trial.checks()));
    trial.issues().forEach(issue -> lines.add("✗ " + issue));
    trial.actions().forEach(action -> lines.add("to do: " + action));
    if (!trial.tearDown().proved().isEmpty()) {
      lines.add("removed, and nothing found of: " + String.join(", ", trial.tearDown().proved()));
    }
    trial.nextDue().ifPresent(due -> lines.add("next due " + Times.text(due)));
    return lines;
  }

  private static String part(Trial.Part part) {
    return Stream.of(
            Stream.of("restore of " + part.component() + " " + words(part.restored())),
            part.size().map(ByteSize::human).stream(),
            part.took().map(took -> "in " + Durations.human(took)).stream(),
            part.place().map(place -> "to " + place).stream())
        .flatMap(s -> s)
        .reduce((left, right) -> left + ", " + right)
        .orElseThrow();
  }

  private static String words(Trial.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
