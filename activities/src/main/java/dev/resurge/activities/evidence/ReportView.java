package dev.resurge.activities.evidence;

import java.util.List;

/**
 * What a report shows, as text: the templates only lay it out. A section without content is an
 * empty list and is not shown.
 *
 * @param measured whether any of the measures was taken
 * @param refusing whether a finding kept the run from starting
 * @param givenUpTitle says whether it was given up or would have been
 * @param goBack how to return to the data as it was before
 */
record ReportView(
    Heading heading,
    List<MeasureRow> measures,
    boolean measured,
    List<FailureBox> failures,
    TimelineView timeline,
    List<ClockRow> clocks,
    String notReached,
    List<Section> sets,
    List<TrialView> trials,
    String givenUpTitle,
    List<String> givenUp,
    List<PlanView> plans,
    List<DecisionRow> decisions,
    List<StepRow> steps,
    List<CheckRow> checks,
    List<FindingRow> findings,
    boolean refusing,
    List<RetainedRow> retained,
    List<WayBack> goBack,
    List<String> waitedFor,
    List<String> notes,
    List<Fact> about,
    SignatureView signature) {

  /** The first thing that is read. */
  record Heading(
      String system,
      String procedure,
      String run,
      String tone,
      String verdict,
      String headline,
      String summary,
      String meaning,
      String requester,
      String when,
      String reason) {}

  /** One measured span beside its objective. */
  record MeasureRow(String name, String actual, String objective, String reached, String css) {}

  /** What ended the run. */
  record FailureBox(String type, String message, String remedy) {}

  /** The drawing; numbers are percent, written with a point. */
  record TimelineView(
      List<BarRow> bars,
      List<MarkPoint> marks,
      int axisHeight,
      List<BandBox> downtime,
      List<LegendItem> legend) {}

  /** How a kind of bar looks; only kinds that are drawn are explained. */
  record LegendItem(String look, String label) {}

  /** One step's bar. */
  record BarRow(
      String name,
      String component,
      String look,
      String left,
      String width,
      String took,
      String attempts) {}

  /** One clock on the axis. */
  record MarkPoint(int number, String clock, String at, int y) {}

  /** The time in which the workloads were stopped. */
  record BandBox(String left, String width, String took) {}

  /** One clock. */
  record ClockRow(int number, String clock, String time, String since, String meaning) {}

  /** A titled list of facts with remarks below. */
  record Section(String title, List<Fact> facts, List<String> remarks) {}

  /** One thing to know; {@code code} is written in a fixed-width font. */
  record Fact(String name, String value, boolean code) {}

  /** What trying the set showed: the fields of a restore test report. */
  record TrialView(
      List<Fact> facts,
      List<TrialRow> parts,
      List<String> issues,
      List<String> actions,
      boolean cleared,
      String clearing,
      List<String> left) {}

  /** One component that was tried. */
  record TrialRow(
      String component, String restored, String css, String place, String size, String took) {}

  /** What was approved. */
  record PlanView(List<Fact> facts, List<PlanRow> components, List<String> warnings) {}

  /** One component of the plan. */
  record PlanRow(
      String component, String target, String identity, String strategy, String live, String set) {}

  /** One answer of a person. */
  record DecisionRow(
      String time,
      String kind,
      String by,
      String channel,
      String proof,
      String code,
      String comment,
      boolean accepted,
      String answer) {}

  /** One entry of the timeline in numbers. */
  record StepRow(
      String name,
      String component,
      String start,
      String end,
      String took,
      int attempts,
      String outcome,
      String detail) {}

  /** One check. */
  record CheckRow(
      String check,
      String when,
      boolean passed,
      String expected,
      String actual,
      String took,
      String by,
      String severity,
      String css) {}

  /** One finding of preflight. */
  record FindingRow(String severity, String type, String subject, String message) {}

  /** One kept copy. */
  record RetainedRow(String component, String name, String identity, String why, String size) {}

  /** How to return to earlier data; the command may be empty. */
  record WayBack(String text, String command) {}

  /** What the signature is of and how anybody checks it. */
  record SignatureView(
      String file, String signature, String sha256, String signer, List<String> commands) {}
}
