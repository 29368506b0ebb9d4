package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.model.SetId;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.model.Verdict;
import java.util.List;
import java.util.Map;

/** Captures under the data lock, as part of a run. */
final class SafeCapture {
  private SafeCapture() {}

  /**
   * Waits for the data lock, captures those components and commits a new set.
   *
   * @throws StepFailed if there is no set; the caller decides whether that ends or parks the run
   */
  static SetSummary run(
      Conducted of, SetKind kind, Map<String, String> labels, List<SetDraft.Source> sources) {
    var set = SetId.of(of.people().now(), Conversation.newCode(2));
    var result =
        Locks.underDataLock(
            "Capture",
            of.theRun().system(),
            new CaptureRequest(of.theRun(), of.runbook(), new SetDraft(set, kind, labels, sources)),
            CaptureResult.class,
            of::waitsFor,
            () -> {});
    of.people().timeline().adopt(of.people().timeline().size(), result.steps());
    if (!result.stopped().isEmpty()) {
      of.parking("starting " + result.stopped() + " again", List.of(), () -> resume(of, result));
    }
    result.hookFailure().ifPresent(f -> of.draft().flawed(Verdict.FAIL_INTEGRITY, f.message()));
    return result.set().orElseThrow(() -> new StepFailed(result.failure().orElseThrow()));
  }

  private static boolean resume(Conducted of, CaptureResult result) {
    of.steps()
        .step("resume")
        .run(CutOverActivities.class, a -> a.resume(of.theRun(), result.stopped()));
    return true;
  }
}
