package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.LockActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Holder;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RunResult;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Workflow ids are the locks: {@code <system>/<procedure>} for a run, {@code <system>/data} for
 * reading or swapping data.
 */
final class Locks {
  private Locks() {}

  /**
   * Empty for the canonical run. Otherwise starts that run with the same input, as an abandoned
   * child, and answers its workflow id.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code TargetBusy} if there is one already
   */
  static Optional<String> handOver(Procedure procedure, String system, Object input) {
    var canonical = procedure.workflowId(system);
    if (isCanonical(procedure, system)) {
      return Optional.empty();
    }
    var child =
        Workflow.newUntypedChildWorkflowStub(
            procedure.workflowType(), options(canonical, system, procedure.id()));
    heard(child.executeAsync(Object.class, input));
    if (!started(child)) {
      var holder = Stubs.once(LockActivities.class, "who holds " + canonical).describe(canonical);
      throw Failures.failure(
          ErrorType.TARGET_BUSY, "tried to start " + canonical + ": " + holder.describe());
    }
    return Optional.of(canonical);
  }

  /**
   * For a run that a schedule starts, under an id of its own: waits for whoever runs under the
   * canonical id, then has that run done and waits for its end. So the schedule sees that it still
   * runs when its time comes again, and what became of it; two schedules of one procedure whose
   * times fall together come one after the other.
   */
  static RunResult inTurn(Procedure procedure, String system, Object input) {
    var canonical = procedure.workflowId(system);
    for (; ; ) {
      var child =
          Workflow.newUntypedChildWorkflowStub(
              procedure.workflowType(), options(canonical, system, procedure.id()));
      var result = heard(child.executeAsync(RunResult.class, input));
      if (started(child)) {
        return result.get();
      }
      Stubs.patient(LockActivities.class, "wait for " + canonical).awaitClosed(canonical);
    }
  }

  /** Whether this is the run that bears the lock. */
  static boolean isCanonical(Procedure procedure, String system) {
    return Workflow.getInfo().getWorkflowId().equals(procedure.workflowId(system));
  }

  /**
   * Runs a child that alone may read or swap the system's data, waiting for whoever does so now. A
   * cancellation of the caller reaches the child as the signal {@code abort}: a cancelled workflow
   * would end without its result, and a cut over must be left neither half-way nor unheard.
   *
   * @param waiting told who holds the lock, each time it has to be waited for
   * @param begun told once the child runs
   * @throws CanceledFailure if the caller was cancelled before the child ran
   */
  static <T> T underDataLock(
      String workflowType,
      String system,
      Object input,
      Class<T> result,
      Consumer<Holder> waiting,
      Runnable begun) {
    var id = Procedure.dataLock(system);
    for (; ; ) {
      CancellationScope.throwCanceled(); // what was ended while it waited must not begin
      var outcome = tryUnderDataLock(id, workflowType, system, input, result, begun);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      var locks = Stubs.patient(LockActivities.class, "wait for " + id);
      waiting.accept(locks.describe(id));
      locks.awaitClosed(id);
    }
  }

  private static <T> Optional<T> tryUnderDataLock(
      String id,
      String workflowType,
      String system,
      Object input,
      Class<T> result,
      Runnable begun) {
    var caller = CancellationScope.current();
    var child =
        Workflow.newUntypedChildWorkflowStub(workflowType, options(id, system, workflowType));
    var outcome = new Object[1];
    Workflow.newDetachedCancellationScope(
            () -> {
              var promise = heard(child.executeAsync(result, input));
              if (!started(child)) {
                return;
              }
              begun.run();
              Workflow.await(() -> promise.isCompleted() || caller.isCancelRequested());
              if (!promise.isCompleted()) {
                abort(child);
              }
              outcome[0] = promise.get();
            })
        .run();
    return Optional.ofNullable(result.cast(outcome[0]));
  }

  /** That a child did not start is learnt from its execution; its result's failure is no news. */
  private static <T> Promise<T> heard(Promise<T> result) {
    result.handle((answer, failure) -> Optional.empty());
    return result;
  }

  private static void abort(ChildWorkflowStub child) {
    try {
      child.signal("abort", "its run was cancelled");
    } catch (SignalExternalWorkflowException e) {
      // It ended meanwhile: its result is on the way.
    }
  }

  /** Whether the child runs; false if somebody else runs under its id. */
  private static boolean started(ChildWorkflowStub child) {
    try {
      child.getExecution().get();
      return true;
    } catch (ChildWorkflowFailure e) {
      if (e.getCause() instanceof WorkflowExecutionAlreadyStarted) {
        return false;
      }
      throw e;
    }
  }

  private static ChildWorkflowOptions options(String id, String system, String procedure) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setTypedSearchAttributes(
            SearchAttributes.newBuilder()
                .set(Attributes.SYSTEM, system)
                .set(Attributes.PROCEDURE, procedure)
                .build())
        .build();
  }
}
