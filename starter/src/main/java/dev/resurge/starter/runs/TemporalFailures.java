package dev.resurge.starter.runs;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Optional;

/** What Temporal's client throws, as our errors. */
final class TemporalFailures {
  private TemporalFailures() {}

  /** A call that failed. {@code tried} says what was tried, on what. */
  static ResurgeException ofCall(String tried, RuntimeException thrown) {
    if (thrown instanceof ResurgeException ours) {
      return ours;
    }
    if (thrown instanceof WorkflowNotFoundException) {
      return new ResurgeException(
          ErrorType.RUN_UNKNOWN,
          tried + ": Temporal knows no such run that is still going",
          thrown);
    }
    return grpc(thrown)
        .map(status -> ofGrpc(tried, status, thrown))
        .orElseGet(() ->
            new ResurgeException(
                ErrorType.INTERNAL,
                tried + ": " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage(),
                thrown));
  }

  private static ResurgeException ofGrpc(String tried, Status status, RuntimeException thrown) {
    var type =
        switch (status.getCode()) {
          case NOT_FOUND -> ErrorType.RUN_UNKNOWN;
          case INVALID_ARGUMENT -> ErrorType.INPUT_INVALID;
          default -> ErrorType.TEMPORAL_UNAVAILABLE;
        };
    return new ResurgeException(
        type,
        tried
            + ": Temporal answered "
            + status.getCode()
            + (status.getDescription() == null ? "" : " (" + status.getDescription() + ")"),
        thrown);
  }

  /** The gRPC status among the causes, if there is one. */
  static Optional<Status> grpc(Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException status) {
        return Optional.of(status.getStatus());
      }
    }
    return Optional.empty();
  }

  /** Why a run ended without a result. */
  static ResurgeException ofRun(RunRef run, Throwable cause) {
    var what = run.describe();
    return switch (cause) {
      case ApplicationFailure e ->
          new ResurgeException(
              ErrorType.ofId(e.getType()), what + ": " + e.getOriginalMessage(), e);
      case ActivityFailure e when e.getCause() != null -> ofRun(run, e.getCause());
      case ChildWorkflowFailure e when e.getCause() != null -> ofRun(run, e.getCause());
      case CanceledFailure e ->
          new ResurgeException(
              ErrorType.ABORTED,
              what + ": cancelled through Temporal; its evidence says what became of the data",
              e);
      case TerminatedFailure e ->
          new ResurgeException(
              ErrorType.ABORTED,
              what
                  + ": terminated through Temporal, without evidence; a cut over under way goes on"
                  + " by itself and its journal says how it ended",
              e);
      case TimeoutFailure e ->
          new ResurgeException(
              ErrorType.WORKER_MISSING, what + ": timed out: " + e.getOriginalMessage(), e);
      case null -> new ResurgeException(ErrorType.INTERNAL, what + ": failed without a cause");
      default -> new ResurgeException(ErrorType.INTERNAL, what + ": " + cause.getMessage(), cause);
    };
  }
}
