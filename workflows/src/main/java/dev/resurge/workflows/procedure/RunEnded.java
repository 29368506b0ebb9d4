package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Verdict;

/** Leaves a guide early, with the verdict its evidence will bear. Never leaves the workflow. */
final class RunEnded extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Verdict verdict;
  private final transient Evidence.Failure failure;

  RunEnded(Verdict verdict, Evidence.Failure failure) {
    super(failure.message(), null, false, false);
    this.verdict = verdict;
    this.failure = failure;
  }

  Verdict verdict() {
    return verdict;
  }

  Evidence.Failure failure() {
    return failure;
  }
}
