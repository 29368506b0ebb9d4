package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Verdict;
import io.temporal.failure.TemporalFailure;
import java.util.Optional;

/** Why a guide was left before its end, and which verdict that deserves. */
final class Endings {
  private Endings() {}

  /**
   * @param decided the rejection or abort by which a person ended the run
   */
  static RunEnded of(
      RuntimeException thrown, Optional<DecisionRecord> decided, EvidenceDraft.Times clocks) {
    return switch (thrown) {
      case RunEnded e -> e;
      case StepFailed e -> new RunEnded(Verdict.FAILED, e.failure());
      case TemporalFailure e when Failures.isCancellation(e) -> cancelled(decided, clocks);
      case TemporalFailure e -> failed(e);
      // A defect must not retry for ever without telling anybody: it ends the run with evidence.
      default ->
          new RunEnded(Verdict.FAILED, Failures.of(ErrorType.INTERNAL, String.valueOf(thrown)));
    };
  }

  private static RunEnded cancelled(Optional<DecisionRecord> decided, EvidenceDraft.Times clocks) {
    var by = decided.map(e -> " by " + e.by().describe()).orElse(" through Temporal");
    var comment = decided.flatMap(DecisionRecord::comment).map(c -> ": " + c).orElse("");
    if (clocks.healthy.isPresent()) {
      return new RunEnded(
          Verdict.FAIL_INTEGRITY,
          Failures.of(
              ErrorType.ABORTED,
              "ended"
                  + by
                  + " when the restored data was live and healthy; what was to follow was not all"
                  + " done"
                  + comment));
    }
    if (decided.filter(d -> d.kind() == Decision.Kind.REJECT).isPresent()) {
      return ended(Verdict.REJECTED, ErrorType.REJECTED, "rejected" + by + comment);
    }
    return ended(
        Verdict.ABORTED,
        ErrorType.ABORTED,
        (decided.isPresent() ? "aborted" : "cancelled") + by + comment);
  }

  private static RunEnded failed(TemporalFailure failure) {
    Evidence.Failure described = Failures.describe(failure);
    var refused = Failures.typeOf(failure).kind() == ErrorType.Kind.USER;
    return new RunEnded(refused ? Verdict.REFUSED : Verdict.FAILED, described);
  }

  private static RunEnded ended(Verdict verdict, ErrorType type, String message) {
    return new RunEnded(verdict, Failures.of(type, message));
  }
}
