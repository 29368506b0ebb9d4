package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionRecord;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Verdict;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndingsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:15:00Z");
  private static final Optional<DecisionRecord> NOBODY = Optional.empty();

  private final CanceledFailure cancelled = new CanceledFailure("cancelled");
  private final EvidenceDraft.Times clocks = new EvidenceDraft(Optional.empty(), NOW).clocks();

  @Test
  void whoLeftTheGuideWithAVerdictKeepsIt() {
    var left = new RunEnded(Verdict.SWAPPED_BACK, Failures.of(ErrorType.CHECK_FAILED, "no answer"));

    assertThat(Endings.of(left, NOBODY, clocks)).isSameAs(left);
  }

  @Test
  void aStepThatDidNotDoItsJobFailsTheRun() {
    var failure = Failures.of(ErrorType.VERIFICATION_FAILED, "two rows are missing");

    ends(new StepFailed(failure), NOBODY, Verdict.FAILED, ErrorType.VERIFICATION_FAILED)
        .isEqualTo("two rows are missing");
  }

  @Test
  void whatTheUserCanMendIsARefusalAndAnythingElseAFailure() {
    var busy = ApplicationFailure.newFailure("another run has it", ErrorType.TARGET_BUSY.id());
    var away = ApplicationFailure.newFailure("no route", ErrorType.STORE_UNAVAILABLE.id());
    var nobody = new TimeoutFailure("late", null, TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START);

    ends(busy, NOBODY, Verdict.REFUSED, ErrorType.TARGET_BUSY).isEqualTo("another run has it");
    ends(away, NOBODY, Verdict.FAILED, ErrorType.STORE_UNAVAILABLE).isEqualTo("no route");
    ends(nobody, NOBODY, Verdict.FAILED, ErrorType.WORKER_MISSING)
        .isEqualTo("no worker finished it: SCHEDULE_TO_START");
  }

  @Test
  void aDefectEndsTheRunWithEvidence() {
    ends(new IllegalStateException("odd"), NOBODY, Verdict.FAILED, ErrorType.INTERNAL)
        .isEqualTo("java.lang.IllegalStateException: odd");
  }

  @Test
  void aCancelledRunSaysWhoEndedItAndWhy() {
    ends(cancelled, NOBODY, Verdict.ABORTED, ErrorType.ABORTED)
        .isEqualTo("cancelled through Temporal");
    ends(cancelled, by(Decision.Kind.DECIDE, Optional.empty()), Verdict.ABORTED, ErrorType.ABORTED)
        .isEqualTo("aborted by bob (claimed, by cli)");
    ends(
            cancelled,
            by(Decision.Kind.REJECT, Optional.of("wrong set")),
            Verdict.REJECTED,
            ErrorType.REJECTED)
        .isEqualTo("rejected by bob (claimed, by cli): wrong set");
  }

  @Test
  void whoEndsARunWhoseDataIsLiveAlreadyHasNotKeptTheOldData() {
    clocks.healthy = Optional.of(NOW);

    ends(
            cancelled,
            by(Decision.Kind.REJECT, Optional.of("too late")),
            Verdict.FAIL_INTEGRITY,
            ErrorType.ABORTED)
        .isEqualTo(
            "ended by bob (claimed, by cli) when the restored data was live and healthy; what was"
                + " to follow was not all done: too late");
  }

  private org.assertj.core.api.AbstractStringAssert<?> ends(
      RuntimeException thrown, Optional<DecisionRecord> decided, Verdict verdict, ErrorType type) {
    var ended = Endings.of(thrown, decided, clocks);
    assertThat(ended.verdict()).isEqualTo(verdict);
    assertThat(ended.failure().type()).isEqualTo(type.id());
    assertThat(ended.failure().remedy()).isEqualTo(type.remedy());
    return assertThat(ended.failure().message());
  }

  private static Optional<DecisionRecord> by(Decision.Kind kind, Optional<String> comment) {
    var bob = new Person("bob", "cli", false);
    return Optional.of(
        new DecisionRecord(NOW, kind, "a1b2c3", Optional.empty(), bob, comment, true, ""));
  }
}
