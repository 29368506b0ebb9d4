package dev.resurge.worker.console;

import dev.resurge.worker.console.Chart.Point;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.runbook.Objectives;
import dev.resurge.workflows.runbook.Runbook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The four drawings of a system's history. Of backups only those count that hold all components of
 * the runbook as it is: the others are of another size, and no restore would take them.
 */
record Charts(Runbook runbook, History history) {
  private static final String CAPTURED = "set ";

  List<Chart> all() {
    return List.of(recoveryTime(), recoveryPoint(), size(), duration());
  }

  private Chart recoveryTime() {
    return Chart.of(
        "rta",
        "Recovery time (RTA)",
        "How long bringing a whole set back took: declared or requested to healthy; of a drill or"
            + " verify until the copies were verified.",
        Axis.Unit.TIME,
        proven().stream()
            .map(run -> point(run.ended(), run.proven().orElseThrow(), name(run), false))
            .toList(),
        objectives().rto().map(Duration::toMillis));
  }

  private List<RunFacts> proven() {
    return history.runs().stream().filter(run -> run.proven().isPresent()).toList();
  }

  private Chart recoveryPoint() {
    var points = new ArrayList<Point>();
    var made = made();
    for (int i = 1; i < made.size(); i++) {
      gap(made.get(i - 1), made.get(i)).ifPresent(points::add);
    }
    for (var run : history.runs()) {
      run.recoveryPoint().ifPresent(age -> points.add(point(run.ended(), age, name(run), true)));
    }
    return Chart.of(
        "rpa",
        "Recovery point (RPA)",
        "How much would have been lost at worst: how old the newest set's data had become when the"
            + " next set was complete. Rings: what a restore or drill measured.",
        Axis.Unit.TIME,
        points,
        objectives().rpo().map(Duration::toMillis));
  }

  /** How long the older set was the newest one, in terms of its data. */
  private static Optional<Point> gap(SetSummary older, SetSummary newer) {
    var age = Duration.between(older.recoveryPoint(), newer.captureEnded());
    return age.isNegative()
        ? Optional.empty()
        : Optional.of(point(newer.captureEnded(), age, "until set " + newer.set(), false));
  }

  private Chart size() {
    return Chart.of(
        "size",
        "Size of a set",
        "As it is stored.",
        Axis.Unit.BYTES,
        made().stream()
            .map(set ->
                new Point(set.captureEnded(), set.stored().bytes(), CAPTURED + set.set(), false))
            .toList(),
        Optional.empty());
  }

  private Chart duration() {
    return Chart.of(
        "duration",
        "Duration of a backup",
        "How long capturing all components took.",
        Axis.Unit.TIME,
        made().stream()
            .map(set -> point(set.captureEnded(), captured(set), CAPTURED + set.set(), false))
            .toList(),
        Optional.empty());
  }

  private static Duration captured(SetSummary set) {
    return Duration.between(set.captureStarted(), set.captureEnded());
  }

  /** The sets that backups made, oldest first; pruned ones too. */
  private List<SetSummary> made() {
    return history.runs().stream()
        .flatMap(run -> run.made().stream())
        .filter(set -> set.holds(runbook.componentNames()))
        .sorted(Comparator.comparing(SetSummary::captureEnded))
        .toList();
  }

  private static Point point(Instant at, Duration value, String of, boolean ring) {
    return new Point(at, Math.max(0, value.toMillis()), of, ring);
  }

  private static String name(RunFacts run) {
    return run.procedure().id() + " " + run.run();
  }

  private Objectives objectives() {
    return runbook.spec().objectives();
  }
}
