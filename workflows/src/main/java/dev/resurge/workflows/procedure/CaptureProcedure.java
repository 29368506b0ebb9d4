package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.CaptureActivities;
import dev.resurge.workflows.activity.CutOverActivities;
import dev.resurge.workflows.activity.HookActivities;
import dev.resurge.workflows.activity.PrepareActivities;
import dev.resurge.workflows.model.CapturedComponent;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.SetKind;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.runbook.Hooks.Hook;
import dev.resurge.workflows.runbook.Runbook;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** hooks → capture components in runbook order → hooks → commit. */
public final class CaptureProcedure implements Capture {
  private final Steps steps = new Steps(new Timeline(CaptureProcedure::now, () -> {}));
  private Optional<String> aborted = Optional.empty();
  private Optional<CancellationScope> work = Optional.empty();
  private Optional<Evidence.Failure> hookFailure = Optional.empty();
  private List<String> stopped = List.of();

  @Override
  public void abort(String why) {
    aborted = Optional.of(why);
    work.ifPresent(scope -> scope.cancel(why));
  }

  @Override
  public CaptureResult run(CaptureRequest request) {
    var runbook = request.runbook();
    var committed = new SetSummary[1];
    var scope = Workflow.newCancellationScope(() -> committed[0] = capture(request, runbook));
    work = Optional.of(scope);
    aborted.ifPresent(scope::cancel);
    try {
      scope.run();
      return result(Optional.of(committed[0]), Optional.empty());
    } catch (TemporalFailure e) {
      Workflow.newDetachedCancellationScope(() -> discard(request)).run();
      return result(Optional.empty(), Optional.of(Failures.describe(e)));
    }
  }

  private SetSummary capture(CaptureRequest request, Runbook runbook) {
    var started = now();
    steps
        .step("look at journal")
        .run(PrepareActivities.class, a -> a.requireSettled(request.run()));
    if (request.draft().ofRetained()) {
      return SetMaking.make(steps, request.run(), request.draft(), started);
    }
    var prepared = prepared(request, runbook);
    return SetMaking.commit(steps, request.run(), request.draft(), started, prepared);
  }

  private List<CapturedComponent> prepared(CaptureRequest request, Runbook runbook) {
    try {
      hooks(request, runbook.spec().hooks().beforeCapture());
      if (stops(request)) {
        stopped =
            steps
                .step("look at workloads")
                .ask(CutOverActivities.class, a -> a.running(request.run()));
        steps.step("quiesce").run(CutOverActivities.class, a -> a.quiesce(request.run()));
      }
      return SetMaking.capture(steps, request.run(), request.draft());
    } finally {
      Workflow.newDetachedCancellationScope(() -> undoPreparations(request, runbook)).run();
    }
  }

  /** A restore stops nothing before it is approved: its safety set is taken live. */
  private static boolean stops(CaptureRequest request) {
    return request.runbook().spec().consistency() == Runbook.Consistency.QUIESCED
        && request.draft().kind() != SetKind.SAFETY;
  }

  /** Also when the capture failed: a system must not stay stopped or frozen because of that. */
  private void undoPreparations(CaptureRequest request, Runbook runbook) {
    if (!stopped.isEmpty()) {
      try {
        steps.step("resume").run(CutOverActivities.class, a -> a.resume(request.run(), stopped));
        stopped = List.of();
      } catch (TemporalFailure e) {
        // The run goes on insisting; this child must give the data lock back.
      }
    }
    attempt(() -> hooks(request, runbook.spec().hooks().afterCapture()));
  }

  private void attempt(Runnable undoing) {
    try {
      undoing.run();
    } catch (TemporalFailure e) {
      hookFailure = hookFailure.or(() -> Optional.of(Failures.describe(e)));
    }
  }

  private void hooks(CaptureRequest request, List<Hook> hooks) {
    for (var hook : hooks) {
      steps
          .step("hook " + hook.name())
          .run(HookActivities.class, a -> a.runHook(request.run(), hook.name()));
    }
  }

  /** What stays has no manifest: it is no set, and a later prune removes it. */
  private void discard(CaptureRequest request) {
    try {
      steps
          .step("discard")
          .run(CaptureActivities.class, a -> a.discard(request.run(), request.draft().set()));
    } catch (TemporalFailure e) {
      // The store may be what failed the capture; the step says so.
    }
  }

  private CaptureResult result(Optional<SetSummary> set, Optional<Evidence.Failure> failure) {
    return new CaptureResult(set, failure, hookFailure, stopped, steps.timeline().steps());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
