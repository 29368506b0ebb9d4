package dev.resurge.activities.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.activities.notice.AnswerPages;
import dev.resurge.activities.notice.HttpReceiver;
import dev.resurge.activities.notice.Notifier;
import dev.resurge.activities.notice.Told;
import dev.resurge.workflows.activity.NoticeActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Severity;
import dev.resurge.workflows.procedure.Failures;
import dev.resurge.workflows.procedure.Payloads;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telling as Temporal tries it again. */
class TellingTest {
  @TempDir Path folder;
  private final HttpReceiver steady = new HttpReceiver();
  private final HttpReceiver shaky = new HttpReceiver();
  private TestWorkflowEnvironment temporal;

  /** Does nothing but tell. */
  @WorkflowInterface
  public interface Teller {
    @WorkflowMethod
    void tell(Notice notice);
  }

  /** With the retries of a procedure, only faster. */
  public static final class TellerProcedure implements Teller {
    @Override
    public void tell(Notice notice) {
      Workflow.newActivityStub(
              NoticeActivities.class,
              ActivityOptions.newBuilder()
                  .setScheduleToCloseTimeout(Duration.ofHours(1))
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .build())
          .tell(notice);
    }
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(
        folder.resolve("resurge.yaml"),
        """
        notifications:
          channels:
            steady: {type: webhook, url: '%s'}
            shaky: {type: webhook, url: '%s'}
        """
            .formatted(steady.uri(), shaky.uri()));
    var installation =
        new InstallationLoader(Map.of(), folder, folder, folder, () -> "here")
            .load(Optional.empty());
    temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.dataConverter())
                        .build())
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new FailureInterceptor())
                        .build())
                .build());
    var worker = temporal.newWorker("test");
    worker.registerWorkflowImplementationTypes(TellerProcedure.class);
    worker.registerActivitiesImplementations(
        new Telling(
            new Notifier(installation, Told::secret, AnswerPages.NONE, InstantSource.system())));
    temporal.start();
  }

  @AfterEach
  void stop() {
    temporal.close();
    steady.close();
    shaky.close();
  }

  private void tell(Notice notice) {
    temporal
        .getWorkflowClient()
        .newWorkflowStub(Teller.class, WorkflowOptions.newBuilder().setTaskQueue("test").build())
        .tell(notice);
  }

  private static Notice failed() {
    return Told.notice(Notice.Event.FAILED, Severity.CRITICAL, "a");
  }

  @Test
  void aRetryTellsOnlyThoseWhoWereNotReached() {
    shaky.next(500, "").next(503, "");
    tell(failed());
    assertThat(steady.requests()).hasSize(1);
    assertThat(shaky.requests()).hasSize(3);
    assertThat(shaky.requests())
        .extracting(r -> r.header("X-Resurge-Notice"))
        .containsOnly(failed().id());
  }

  @Test
  void aChannelThatRefusesIsNotAskedAgainWhileAnotherIsTried() {
    steady.next(403, "not you");
    shaky.next(500, "").next(500, "");

    var failure = catchThrowableOfType(WorkflowFailedException.class, () -> tell(failed()));

    assertThat(steady.requests()).hasSize(1);
    assertThat(shaky.requests()).hasSize(3);
    assertThat(Failures.typeOf(failure.getCause())).isEqualTo(ErrorType.NOTICE_REFUSED);
    assertThat(Failures.describe(failure.getCause()).message())
        .startsWith("steady: telling webhook on localhost:")
        .endsWith("status 403: not you");
  }

  @Test
  void whoCannotBeReachedIsSaidAndTheOthersAreTold() {
    var escalated = Told.notice(Notice.Event.ESCALATED, Severity.CRITICAL, "a").to(List.of("boss"));
    var failure = catchThrowableOfType(WorkflowFailedException.class, () -> tell(escalated));
    assertThat(steady.requests()).hasSize(1);
    assertThat(Failures.describe(failure.getCause()).message())
        .isEqualTo("notifications.people names no channel of boss");
  }
}
