package dev.resurge.activities.evidence;

import dev.resurge.activities.evidence.ReportView.Fact;
import dev.resurge.activities.evidence.ReportView.PlanRow;
import dev.resurge.activities.evidence.ReportView.PlanView;
import dev.resurge.activities.evidence.ReportView.Section;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.TargetIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The sets and the plan of a run, as facts. */
final class SetViews {
  private SetViews() {}

  static List<Section> sections(Evidence evidence) {
    var sections = new ArrayList<Section>();
    evidence.set().ifPresent(set -> sections.add(section(title(evidence), set, evidence)));
    evidence
        .safetySet()
        .ifPresent(set ->
            sections.add(section("The safety set, made of the live data before", set, evidence)));
    return List.copyOf(sections);
  }

  static PlanView plan(Plan plan) {
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("Code", plan.code(), true));
    facts.add(new Fact("Digest", plan.digest(), true));
    facts.add(new Fact("Approval", plan.approval(), false));
    facts.add(new Fact("Cut over budget", Words.span(plan.cutOverBudget()), false));
    addAll(facts, "Stopped meanwhile", plan.workloads());
    addAll(facts, "Checks", plan.checks());
    addAll(facts, "Hooks", plan.hooks());
    return new PlanView(
        List.copyOf(facts),
        plan.components().stream()
            .map(c ->
                new PlanRow(
                    c.component() + " (" + c.type() + ")",
                    c.targetName(),
                    c.target().map(TargetIdentity::value).orElse("nothing there"),
                    c.strategy().words(),
                    c.live().human(),
                    c.set().human()))
            .toList(),
        plan.warnings());
  }

  private static String title(Evidence evidence) {
    return switch (evidence.procedure()) {
      case BACKUP -> Words.unchanged(evidence) ? "The set that still holds" : "What was backed up";
      case VERIFY -> "The set that was read back";
      case PRUNE -> "The set";
      case DRILL -> "The set that was tried";
      case SETTLE -> "The set of the cut over";
      case RESTORE, RECOVER ->
          evidence.clocks().healthy().isPresent() ? "What was restored" : "The chosen set";
    };
  }

  private static Section section(String title, SetSummary set, Evidence evidence) {
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("Set", set.set().value(), true));
    facts.add(new Fact("Kind", set.kind().id(), false));
    facts.add(new Fact("Recovery point (UTC)", Words.time(set.recoveryPoint()), false));
    var age = Duration.between(set.recoveryPoint(), evidence.clocks().requested());
    if (evidence.procedure() != Procedure.BACKUP && !age.isNegative()) {
      facts.add(new Fact("Age at the request", Words.span(age), false));
    }
    facts.add(
        new Fact(
            "Captured in",
            Words.span(Duration.between(set.captureStarted(), set.captureEnded())),
            false));
    facts.add(new Fact("Size", set.raw().human() + ", stored in " + set.stored().human(), false));
    addAll(facts, "Components", set.components());
    addAll(
        facts,
        "Labels",
        set.labels().entrySet().stream().map(l -> l.getKey() + "=" + l.getValue()).toList());
    facts.add(new Fact("Manifest, sha256", set.manifestSha256(), true));
    return new Section(title, List.copyOf(facts), set.warnings());
  }

  private static void addAll(List<Fact> facts, String name, List<String> values) {
    if (!values.isEmpty()) {
      facts.add(new Fact(name, values.stream().collect(Collectors.joining(", ")), false));
    }
  }
}
