package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.Plan.ComponentPlan;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ProcedureInput;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What bringing a system back has in common, from a set or from what was kept. */
abstract class Restoring extends Conducted {
  private final Approvals approvals = new Approvals(this);
  private final Copies copies = new Copies(this);
  private final CutOverCall cutOver = new CutOverCall(this);

  Restoring(Procedure procedure, ProcedureInput input) {
    super(procedure, input);
  }

  final Approvals approvals() {
    return approvals;
  }

  final Copies copies() {
    return copies;
  }

  final CutOverCall cutOver() {
    return cutOver;
  }

  final Plan plan(SetSummary chosen) {
    phase("planning");
    return steps()
        .step("plan")
        .ask(
            PrepareActivities.class,
            a -> a.plan(theRun(), chosen.set(), Conversation.newCode(8)),
            Plan::code)
        .saying(warnings(chosen.warnings()));
  }

  /**
   * What who approves must have read: newer sets passed over, and what preflight only warned of.
   */
  final List<String> warnings(List<String> ofSet) {
    return Stream.concat(
            ofSet.stream(),
            draft().findings().stream().map(found -> found.subject() + ": " + found.message()))
        .toList();
  }

  /**
   * Questions that only a person can answer.
   *
   * @param goBack what brings the old state back, for who answers no
   */
  final void manualChecks(String goBack) {
    new ManualChecks(this, approvals, goBack).ask();
  }

  /** Where nothing was before, there is nothing to go back to but another set. */
  final String otherSets() {
    return "./resurge list sets " + theRun().system() + ", and take another one";
  }

  /** Every part of the set is live now, and well. */
  final void proved(SetSummary chosen) {
    var restored = approvals.plan().components().stream().map(ComponentPlan::component).toList();
    if (restored.containsAll(chosen.components()) && !draft().isFlawed()) {
      markVerified(chosen);
    }
  }

  /** What the child that moves the data is doing. */
  public final void childReport(ChildReport report) {
    cutOver.reported(report);
  }

  @Override
  final DecisionAnswer takeAnswer(Decision decision) {
    var answer = super.takeAnswer(decision);
    if (cutOver.running() && answer.accepted()) {
      cutOver.passOn(decision);
    }
    return answer;
  }

  /** During a cut over the child goes back by itself; cancelling the run would lose its result. */
  @Override
  final void endEarly(String why) {
    if (!cutOver.running()) {
      super.endEarly(why);
    }
  }

  /** Where it is not known how a cut over ended, nothing is removed. */
  @Override
  final void cleanUp() {
    if (!cutOver.unheard()) {
      copies.discard();
    }
  }

  @Override
  String summary(Verdict verdict, Optional<RunEnded> ended) {
    var plan = people().desk().plan();
    return RestoreSummary.sentence(
        verdict,
        plan.map(Plan::source).or(() -> draft().set().map(s -> "set " + s.set())).orElse("the set"),
        ended.map(RunEnded::failure),
        draft().clocks().freeze(),
        plan.map(p -> p.components().size()).orElse(0),
        plan.filter(Plan::rebuilds).isPresent());
  }
}
