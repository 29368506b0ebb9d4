package dev.resurge.activities.evidence;

import dev.resurge.activities.evidence.ReportView.CheckRow;
import dev.resurge.activities.evidence.ReportView.ClockRow;
import dev.resurge.activities.evidence.ReportView.DecisionRow;
import dev.resurge.activities.evidence.ReportView.Fact;
import dev.resurge.activities.evidence.ReportView.FailureBox;
import dev.resurge.activities.evidence.ReportView.FindingRow;
import dev.resurge.activities.evidence.ReportView.Heading;
import dev.resurge.activities.evidence.ReportView.MeasureRow;
import dev.resurge.activities.evidence.ReportView.RetainedRow;
import dev.resurge.activities.evidence.ReportView.SignatureView;
import dev.resurge.activities.evidence.ReportView.StepRow;
import dev.resurge.activities.evidence.ReportView.WayBack;
import dev.resurge.workflows.model.CheckResult;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Finding;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Retained;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.model.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Turns signed evidence into the text of a report. The same evidence gives the same text. */
final class ReportViews {
  private static final String NONE = "–";
  private final SignedEvidence signed;
  private final Evidence evidence;

  private ReportViews(SignedEvidence signed) {
    this.signed = signed;
    this.evidence = signed.evidence();
  }

  static ReportView of(SignedEvidence signed) {
    return new ReportViews(signed).view();
  }

  private ReportView view() {
    return new ReportView(
        heading(),
        evidence.measures().stream().map(ReportViews::measure).toList(),
        evidence.measures().stream().anyMatch(m -> m.actual().isPresent()),
        evidence.failure().stream()
            .map(f -> new FailureBox(f.type(), f.message(), f.remedy()))
            .toList(),
        TimelineViews.of(evidence),
        clocks(),
        notReached(),
        SetViews.sections(evidence),
        evidence.trial().stream().map(TrialViews::view).toList(),
        evidence.clocks().healthy().isPresent()
            ? "What was given up"
            : "What the plan would have given up",
        evidence.plan().map(Plan::givenUp).orElse(List.of()),
        evidence.plan().stream().map(SetViews::plan).toList(),
        evidence.decisions().stream().map(ReportViews::decision).toList(),
        evidence.steps().stream().map(this::step).toList(),
        evidence.checks().stream().map(ReportViews::check).toList(),
        evidence.findings().stream().map(ReportViews::finding).toList(),
        evidence.findings().stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR),
        evidence.retained().stream().map(ReportViews::retained).toList(),
        goBack(),
        evidence.waitedFor(),
        evidence.notes(),
        about(),
        signature());
  }

  private Heading heading() {
    return new Heading(
        evidence.system(),
        evidence.procedure().id(),
        evidence.run().value(),
        Words.tone(evidence.verdict()),
        evidence.verdict().id(),
        Words.headline(evidence),
        evidence.summary(),
        Words.meaning(evidence),
        evidence.requester().describe(),
        Words.time(evidence.clocks().requested()),
        evidence.reason().orElse(""));
  }

  private static MeasureRow measure(Measure measure) {
    var reached = Words.reached(measure);
    return new MeasureRow(
        measure.name(),
        measure.actual().map(Words::span).orElse(NONE),
        measure.objective().map(Words::span).orElse(""),
        reached,
        reached.replace(' ', '-'));
  }

  private List<ClockRow> clocks() {
    var named = Timeline.named(evidence.clocks());
    if (named.size() < 2) {
      return List.of();
    }
    var rows = new ArrayList<ClockRow>();
    for (var clock : named) {
      rows.add(
          new ClockRow(
              rows.size() + 1,
              clock.getKey(),
              Words.time(clock.getValue()),
              Words.offset(Duration.between(evidence.clocks().requested(), clock.getValue())),
              Words.CLOCKS.get(clock.getKey())));
    }
    return List.copyOf(rows);
  }

  /** Only a restore is expected to pass all of them; {@code declared} is the caller's to give. */
  private String notReached() {
    if (evidence.procedure() != Procedure.RESTORE) {
      return "";
    }
    var reached = Timeline.named(evidence.clocks()).stream().map(e -> e.getKey()).toList();
    return String.join(
        ", ",
        Stream.of("approved", "staged", "quiesced", "cutOver", "healthy", "verified")
            .filter(clock -> !reached.contains(clock))
            .toList());
  }

  private static DecisionRow decision(DecisionRecord decision) {
    return new DecisionRow(
        Words.time(decision.at()),
        decision.choice().orElse(decision.kind().name().toLowerCase(Locale.ROOT)),
        decision.by().name(),
        decision.by().channel(),
        decision.by().authenticated() ? "authenticated" : "claimed",
        decision.code(),
        decision.comment().orElse(""),
        decision.accepted(),
        decision.answer());
  }

  private StepRow step(Step step) {
    return new StepRow(
        step.name(),
        step.component().orElse(""),
        Words.time(step.start()),
        step.end().map(end -> Words.end(step.start(), end)).orElse(NONE),
        Words.span(Timeline.took(step, evidence.ended())),
        step.attempts(),
        step.outcome().name().toLowerCase(Locale.ROOT),
        step.detail().orElse(""));
  }

  private static CheckRow check(CheckResult check) {
    return new CheckRow(
        check.check(),
        check.when(),
        check.passed(),
        check.expected(),
        check.actual(),
        Words.span(check.took()),
        check.by().map(p -> p.describe()).orElse(""),
        check.severity().map(Severity::id).orElse(""),
        check.passed() ? "ok" : check.fails() ? "no" : "mind");
  }

  private static FindingRow finding(Finding finding) {
    return new FindingRow(
        finding.severity().name().toLowerCase(Locale.ROOT),
        finding.type().id(),
        finding.subject(),
        finding.message());
  }

  private static RetainedRow retained(Retained retained) {
    return new RetainedRow(
        retained.component(),
        retained.name(),
        retained.identity().value(),
        retained.why(),
        retained.size().human());
  }

  private List<WayBack> goBack() {
    var replaced = evidence.retained().stream().anyMatch(r -> r.why().equals("replaced"));
    var lines = new ArrayList<WayBack>();
    if (replaced && evidence.safetySet().isPresent()) {
      var safety = evidence.safetySet().get();
      lines.add(
          new WayBack(
              "To go back to the data as it was before this restore, at "
                  + Words.time(safety.recoveryPoint())
                  + " UTC:",
              "./resurge restore " + evidence.system() + " --set " + safety.set().value()));
    }
    if (replaced) {
      lines.add(
          new WayBack(
              "The copies above also hold what was written after that, up to the stop. They are"
                  + " kept; nothing of the live system uses them.",
              ""));
    }
    if (evidence.retained().stream().anyMatch(r -> r.why().equals("rejected"))) {
      lines.add(
          new WayBack(
              "The rejected copies are kept for a look. They may hold what the application wrote"
                  + " while it ran on them, and are never used again.",
              ""));
    }
    return List.copyOf(lines);
  }

  private List<Fact> about() {
    return List.of(
        new Fact("Run", evidence.run().value(), true),
        new Fact("Installation", evidence.installation(), false),
        new Fact("Resurge version", evidence.resurgeVersion(), false),
        new Fact("Runbook, sha256", evidence.runbookDigest(), true),
        new Fact("Ended (UTC)", Words.time(evidence.ended()), false),
        new Fact("Format version", Integer.toString(evidence.formatVersion()), false));
  }

  private SignatureView signature() {
    var run = evidence.run().value();
    return new SignatureView(
        run + ".json",
        run + ".sig",
        signed.sha256(),
        signed.signer(),
        List.of(
            "./resurge report verify " + run + ".html",
            "openssl pkeyutl -verify -pubin -inkey KEY.pem -rawin -in "
                + run
                + ".json -sigfile "
                + run
                + ".sig"));
  }
}
