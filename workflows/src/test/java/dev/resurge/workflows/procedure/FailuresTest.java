package dev.resurge.workflows.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final Throwable cancelled = new CanceledFailure("the run was given up");

  @Test
  void aFailureKeepsItsTypeAndMessageHoweverDeeplyItIsWrapped() {
    var corrupt = ApplicationFailure.newFailure("a bit flipped", ErrorType.SET_CORRUPT.id());

    var described = Failures.describe(ofChild(ofActivity(corrupt)));

    assertThat(described)
        .isEqualTo(Failures.of(ErrorType.SET_CORRUPT, "a bit flipped"))
        .isEqualTo(Failures.describe(corrupt));
    assertThat(Failures.isCancellation(ofChild(ofActivity(corrupt)))).isFalse();
  }

  @Test
  void aCancellationIsOneHoweverDeeplyItIsWrapped() {
    assertThat(Failures.isCancellation(cancelled)).isTrue();
    assertThat(Failures.isCancellation(ofActivity(cancelled))).isTrue();
    assertThat(Failures.isCancellation(ofChild(ofActivity(cancelled)))).isTrue();
    assertThat(Failures.describe(ofChild(cancelled)))
        .isEqualTo(Failures.of(ErrorType.ABORTED, "cancelled: the run was given up"));
  }

  @Test
  void whatWrapsNothingIsADefect() {
    assertThat(Failures.typeOf(ofActivity(null))).isEqualTo(ErrorType.INTERNAL);
    assertThat(Failures.typeOf(ofChild(null))).isEqualTo(ErrorType.INTERNAL);
    assertThat(Failures.isCancellation(ofActivity(null))).isFalse();
    assertThat(Failures.isCancellation(ofChild(null))).isFalse();
    assertThat(Failures.describe(ofActivity(null)).message()).contains("activity 'store'");
    assertThat(Failures.describe(ofChild(null)).message()).contains("Capture");
  }

  @Test
  void ourOwnExceptionsKeepTheirType() {
    var ours = new ResurgeException(ErrorType.KEY_WRONG, "no identity fits");
    var step = new StepFailed(Failures.of(ErrorType.CHECK_FAILED, "no answer"));

    assertThat(Failures.describe(ours))
        .isEqualTo(Failures.of(ErrorType.KEY_WRONG, "no identity fits"));
    assertThat(Failures.describe(step)).isEqualTo(step.failure());
  }

  @Test
  void onlyWhatMayPassByItselfIsTriedAgain() {
    var corrupt = Failures.failure(ErrorType.SET_CORRUPT, "a bit flipped");
    var away = Failures.failure(ErrorType.STORE_UNAVAILABLE, "no route");

    assertThat(corrupt.isNonRetryable()).isTrue();
    assertThat(corrupt.getType()).isEqualTo("SetCorrupt");
    assertThat(corrupt.getOriginalMessage()).isEqualTo("a bit flipped");
    assertThat(away.isNonRetryable()).isFalse();
    assertThat(away.getType()).isEqualTo("StoreUnavailable");
  }

  private static ActivityFailure ofActivity(Throwable cause) {
    return new ActivityFailure(
        "activity 'store' failed",
        1,
        2,
        "store",
        "1",
        RetryState.RETRY_STATE_UNSPECIFIED,
        "",
        cause);
  }

  private static ChildWorkflowFailure ofChild(Throwable cause) {
    return new ChildWorkflowFailure(
        1,
        2,
        "Capture",
        WorkflowExecution.getDefaultInstance(),
        "default",
        RetryState.RETRY_STATE_UNSPECIFIED,
        cause);
  }
}
