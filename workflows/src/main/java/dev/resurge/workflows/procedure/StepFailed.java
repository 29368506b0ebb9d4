package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Evidence;

/**
 * A step that did not do its job, although no activity failed: a copy that does not verify, a child
 * that came back without a set. Parks where parking is offered, else ends the run.
 */
final class StepFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Evidence.Failure failure;

  StepFailed(Evidence.Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  Evidence.Failure failure() {
    return failure;
  }
}
