package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.ResurgeException;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TimeoutFailure;

/** Between Temporal's failures and ours. */
public final class Failures {
  private Failures() {}

  /** One of our failures: type, what happened, what to do next. */
  public static Evidence.Failure of(ErrorType type, String message) {
    return new Evidence.Failure(type.id(), message, type.remedy());
  }

  /** A failure as evidence and people get it: type, message, what to do next. */
  public static Evidence.Failure describe(Throwable thrown) {
    return thrown instanceof StepFailed failed
        ? failed.failure()
        : of(typeOf(thrown), messageOf(thrown));
  }

  /** The row of the table of errors that it belongs to. */
  public static ErrorType typeOf(Throwable thrown) {
    return switch (thrown) {
      case ResurgeException e -> e.type();
      case ApplicationFailure e -> ErrorType.ofId(e.getType());
      case TimeoutFailure e -> ErrorType.WORKER_MISSING;
      case CanceledFailure e -> ErrorType.ABORTED;
      case ActivityFailure e when e.getCause() != null -> typeOf(e.getCause());
      case ChildWorkflowFailure e when e.getCause() != null -> typeOf(e.getCause());
      default -> ErrorType.INTERNAL;
    };
  }

  private static String messageOf(Throwable thrown) {
    return switch (thrown) {
      case ApplicationFailure e -> e.getOriginalMessage();
      case TimeoutFailure e ->
          "no worker finished it: " + e.getTimeoutType().name().replace("TIMEOUT_TYPE_", "");
      case CanceledFailure e -> "cancelled: " + e.getOriginalMessage();
      case ActivityFailure e when e.getCause() != null -> messageOf(e.getCause());
      case ChildWorkflowFailure e when e.getCause() != null -> messageOf(e.getCause());
      default -> String.valueOf(thrown.getMessage());
    };
  }

  /** Whether it is a cancellation, however deeply wrapped. */
  public static boolean isCancellation(Throwable thrown) {
    return switch (thrown) {
      case CanceledFailure e -> true;
      case ActivityFailure e when e.getCause() != null -> isCancellation(e.getCause());
      case ChildWorkflowFailure e when e.getCause() != null -> isCancellation(e.getCause());
      default -> false;
    };
  }

  /** Ends a workflow or an activity with one of our types; permanent ones are not tried again. */
  public static ApplicationFailure failure(ErrorType type, String message) {
    return type.permanent()
        ? ApplicationFailure.newNonRetryableFailure(message, type.id())
        : ApplicationFailure.newFailure(message, type.id());
  }
}
