package dev.resurge.activities.evidence;

import dev.resurge.activities.evidence.ReportView.BandBox;
import dev.resurge.activities.evidence.ReportView.BarRow;
import dev.resurge.activities.evidence.ReportView.LegendItem;
import dev.resurge.activities.evidence.ReportView.MarkPoint;
import dev.resurge.activities.evidence.ReportView.TimelineView;
import dev.resurge.workflows.model.Evidence;
import java.util.Arrays;
import java.util.Locale;

/** Writes a {@link Timeline} in the numbers that an SVG takes. */
final class TimelineViews {
  private static final int LANE_HEIGHT = 20;

  private TimelineViews() {}

  static TimelineView of(Evidence evidence) {
    var timeline = Timeline.of(evidence);
    return new TimelineView(
        timeline.bars().stream().map(bar -> row(bar, evidence)).toList(),
        timeline.marks().stream().map(TimelineViews::point).toList(),
        timeline.lanes() * LANE_HEIGHT,
        timeline.downtime().stream().map(band -> band(band, evidence)).toList(),
        Arrays.stream(Timeline.Look.values())
            .filter(look -> timeline.bars().stream().anyMatch(bar -> bar.look() == look))
            .map(look -> new LegendItem(id(look), label(look)))
            .toList());
  }

  private static MarkPoint point(Timeline.Mark mark) {
    return new MarkPoint(
        mark.number(),
        mark.clock(),
        percent(mark.at()),
        mark.lane() * LANE_HEIGHT + LANE_HEIGHT / 2);
  }

  private static BandBox band(Timeline.Bar band, Evidence evidence) {
    return new BandBox(
        percent(band.left()),
        percent(band.width()),
        evidence.clocks().healthy().isPresent()
            ? Words.span(Timeline.took(band.step(), evidence.ended()))
            : "");
  }

  private static String label(Timeline.Look look) {
    return look == Timeline.Look.DONE ? "work" : id(look);
  }

  private static String id(Timeline.Look look) {
    return look.name().toLowerCase(Locale.ROOT);
  }

  private static BarRow row(Timeline.Bar bar, Evidence evidence) {
    var step = bar.step();
    return new BarRow(
        step.name(),
        step.component().orElse(""),
        id(bar.look()),
        percent(bar.left()),
        percent(bar.width()),
        bar.look() == Timeline.Look.NOTE ? "" : Words.span(Timeline.took(step, evidence.ended())),
        step.attempts() > 1 ? step.attempts() + " attempts" : "");
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }
}
