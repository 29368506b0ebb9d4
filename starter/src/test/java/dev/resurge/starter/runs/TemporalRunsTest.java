package dev.resurge.starter.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.starter.testing.Samples;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.RestoreInput;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.Verdict;
import dev.resurge.workflows.procedure.Payloads;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TemporalRunsTest {
  private static final RestoreInput INPUT =
      new RestoreInput(
          "library",
          "latest",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Scope.WHOLE,
          Optional.empty());

  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setUseTimeskipping(false)
              .setWorkflowServiceStubsOptions(Connection.limits().build())
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder()
                      .setDataConverter(Payloads.dataConverter())
                      .build())
              .build());
  private final TemporalRuns runs =
      new TemporalRuns(temporal.getWorkflowClient(), "resurge", Duration.ofSeconds(20));

  @AfterEach
  void close() {
    temporal.close();
  }

  private void startWorker() {
    temporal.newWorker("resurge").registerWorkflowImplementationTypes(StandInRestore.class);
    temporal.start();
  }

  private RunRef start() {
    return runs.start(Procedure.RESTORE, "library", INPUT, "restore of library");
  }

  private static Decision decision(Decision.Kind kind, String code, String choice, String by) {
    return new Decision(
        kind,
        code,
        Optional.of(choice).filter(c -> !c.isEmpty()),
        by,
        Optional.empty(),
        Optional.of("cli"),
        Optional.empty());
  }

  private static void assertType(Throwable thrown, ErrorType type) {
    assertThat(thrown)
        .isInstanceOfSatisfying(ResurgeException.class, e -> assertThat(e.type()).isEqualTo(type));
  }

  @Test
  void anApprovalIsAnsweredAtOnceAndTheRunGoesOn() {
    startWorker();
    var run = start();

    var delivery = runs.answer(run, decision(Decision.Kind.APPROVE, Samples.CODE, "", "alice"));

    assertThat(delivery).isInstanceOf(Delivery.Answered.class);
    assertThat(runs.result(run).verdict()).contains(Verdict.PASS);
    assertThat(runs.look(run).ended()).isTrue();
  }

  @Test
  void aLookBringsTheRunsOwnAnswer() {
    startWorker();
    var state = runs.look(start());

    assertThat(state.worker()).isEqualTo(RunState.Worker.ANSWERS);
    assertThat(state.status().orElseThrow().plan()).contains(Samples.plan());
    assertThat(runs.find(Procedure.RESTORE, "library")).isPresent();
    assertThat(runs.find(Procedure.BACKUP, "library")).isEmpty();
  }

  @Test
  void aRefusalIsAnAnswerNotAnError() {
    startWorker();

    var delivery = runs.answer(start(), decision(Decision.Kind.APPROVE, "WRONG", "", "alice"));

    assertThat(delivery)
        .isInstanceOfSatisfying(
            Delivery.Answered.class,
            answered -> {
              assertThat(answered.answer().accepted()).isFalse();
              assertThat(answered.answer().answer()).contains(Samples.CODE);
            });
  }

  @Test
  void whatTheValidatorRefusesIsMalformedInput() {
    startWorker();
    var run = start();

    assertThatThrownBy(
            () -> runs.answer(run, decision(Decision.Kind.APPROVE, Samples.CODE, "", " ")))
        .satisfies(e -> assertType(e, ErrorType.INPUT_INVALID))
        .hasMessageContaining("by whom");
  }

  @Test
  void withoutAWorkerAnAnswerIsRecordedAndTakenWhenOneIsBack() {
    var run = start();

    var hasty = new TemporalRuns(temporal.getWorkflowClient(), "resurge", Duration.ofSeconds(1));

    var delivery = hasty.answer(run, decision(Decision.Kind.APPROVE, Samples.CODE, "", "alice"));
    startWorker();

    assertThat(delivery).isEqualTo(new Delivery.Recorded());
    assertThat(runs.result(run).verdict()).contains(Verdict.PASS);
    assertThat(runs.look(run).status().orElseThrow().decisions())
        .as("what came by signal")
        .hasSize(1);
  }

  @Test
  void withoutAWorkerALookStillSaysThatTheRunGoesOn() {
    var state = runs.look(start());

    assertThat(state.ended()).isFalse();
    assertThat(state.status()).isEmpty();
    assertThat(state.worker()).isNotEqualTo(RunState.Worker.ANSWERS);
  }

  @Test
  void aSecondStartIsRefusedAndSaysSinceWhenTheFirstRuns() {
    startWorker();
    start();

    assertThatThrownBy(this::start)
        .satisfies(e -> assertType(e, ErrorType.TARGET_BUSY))
        .hasMessageContaining("library/restore is running since")
        .hasMessageContaining("./resurge watch library restore");
  }

  @Test
  void aFailureOfTheRunKeepsItsType() {
    startWorker();
    var run = start();
    runs.answer(run, decision(Decision.Kind.DECIDE, Samples.CODE, "abort", "alice"));

    assertThatThrownBy(() -> runs.result(run))
        .satisfies(e -> assertType(e, ErrorType.NOT_ENOUGH_SPACE))
        .hasMessageContaining("no room for the copy");
  }

  @Test
  void answeringARunThatIsOverSaysSo() {
    startWorker();
    var run = start();
    runs.answer(run, decision(Decision.Kind.APPROVE, Samples.CODE, "", "alice"));
    runs.result(run);

    assertThatThrownBy(
            () -> runs.answer(run, decision(Decision.Kind.APPROVE, Samples.CODE, "", "bob")))
        .satisfies(e -> assertType(e, ErrorType.RUN_UNKNOWN));
  }

  @Test
  void aRunCancelledThroughTemporalEndsAborted() {
    startWorker();
    var run = start();
    runs.look(run);
    runs.cancel(run);

    assertThatThrownBy(() -> runs.result(run))
        .satisfies(e -> assertType(e, ErrorType.ABORTED))
        .hasMessageContaining("cancelled through Temporal");
  }

  @Test
  void aRunThatNeverWasIsUnknown() {
    startWorker();

    assertThatThrownBy(() -> runs.look(RunRef.newest(Procedure.VERIFY, "nothing")))
        .satisfies(e -> assertType(e, ErrorType.RUN_UNKNOWN));
  }
}
