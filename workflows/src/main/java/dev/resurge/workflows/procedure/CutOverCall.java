package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.StagedCopy;
import dev.resurge.workflows.model.Verdict;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/** The child that moves the data, as its run sees it: started, listened to, told of answers. */
final class CutOverCall {
  private final Conducted of;
  private boolean running;
  private boolean unheard;
  private int stepsFrom;

  CutOverCall(Conducted of) {
    this.of = of;
  }

  /** Whether the child runs now. */
  boolean running() {
    return running;
  }

  /** Whether it was begun and never said how it ended. */
  boolean unheard() {
    return unheard;
  }

  /**
   * Downtime is inside this only. The child goes on even if this run is terminated.
   *
   * @throws RunEnded {@code swapped-back} if the old data is live again
   */
  void run(String workflowType, List<StagedCopy> copies) {
    of.phase("cut over");
    of.people().desk().close();
    var result = of.parking("cut over", List.of(), () -> begin(workflowType, copies)).orElseThrow();
    if (result.outcome() == CutOverResult.Outcome.SWAPPED_BACK) {
      throw new RunEnded(Verdict.SWAPPED_BACK, result.failure().orElseThrow());
    }
    healthy(result);
  }

  private void healthy(CutOverResult result) {
    of.draft().clocks().healthy = result.healthy();
    of.draft().clocks().waitedUntilHealthy = Optional.of(of.people().waited());
  }

  /** Brings an unsettled cut over to its end; the caller makes of the result what it means. */
  CutOverResult walk(WalkRequest request) {
    of.phase("cut over");
    var result = attempt("Walk", request);
    if (result.outcome() == CutOverResult.Outcome.HEALTHY) {
      healthy(result);
    }
    return result;
  }

  private CutOverResult begin(String workflowType, List<StagedCopy> copies) {
    var plan = of.people().desk().plan().orElseThrow();
    var result =
        attempt(
            workflowType,
            new CutOverRequest(
                of.theRun(), of.runbook(), plan, copies, of.people().telling().open()));
    if (result.outcome() == CutOverResult.Outcome.NOT_BEGUN) {
      throw new StepFailed(result.failure().orElseThrow());
    }
    return result;
  }

  private CutOverResult attempt(String workflowType, Object request) {
    var result = underDataLock(workflowType, request);
    running = false;
    var people = of.people();
    var draft = of.draft();
    people.desk().clear();
    people.timeline().adopt(stepsFrom, result.steps());
    people.waitedToo(result.waited());
    draft.checks().addAll(result.checks());
    draft.retained().addAll(result.retained());
    result.safetySet().ifPresent(draft::safetySet);
    people.desk().absorb(result.decisions());
    draft.clocks().quiesced = result.quiesced();
    draft.clocks().cutOver = result.cutOver();
    unheard = false;
    return result;
  }

  private CutOverResult underDataLock(String workflowType, Object request) {
    try {
      return Locks.underDataLock(
          workflowType,
          of.theRun().system(),
          request,
          CutOverResult.class,
          of::waitsFor,
          () -> {
            stepsFrom = of.people().timeline().size();
            running = true;
            unheard = true;
          });
    } catch (ChildWorkflowFailure e) {
      running = false;
      // Somebody terminated it: where the world stands is in the journal, not for us to guess.
      throw new RunEnded(
          Verdict.FAILED,
          Failures.of(
              ErrorType.JOURNAL_UNSETTLED,
              "the cut over was ended from outside: " + Failures.describe(e).message()));
    }
  }

  /** What the child tells; it may come after its result. */
  void reported(ChildReport report) {
    if (!running) {
      return;
    }
    var desk = of.people().desk();
    of.people().timeline().adopt(stepsFrom, report.steps());
    var asked = desk.question().map(Question::code);
    if (!asked.equals(report.question().map(Question::code))) {
      report.question().ifPresentOrElse(desk::ask, desk::clear);
    }
    of.changed();
  }

  /** The child takes an abort as such: its own question may be another one by now. */
  void passOn(Decision decision) {
    var child = Workflow.newUntypedExternalWorkflowStub(Procedure.dataLock(of.theRun().system()));
    try {
      of.people()
          .desk()
          .ending()
          .ifPresentOrElse(
              ending -> child.signal("abort", "aborted by " + ending.by().describe()),
              () -> child.signal("answer", decision));
    } catch (SignalExternalWorkflowException e) {
      of.people().timeline().note("answer not passed on", "the cut over has ended meanwhile");
    }
  }
}
