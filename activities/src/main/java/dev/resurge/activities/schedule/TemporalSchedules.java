package dev.resurge.activities.schedule;

import dev.resurge.activities.installation.Installation;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.procedure.Attributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.common.SearchAttributes;
import io.temporal.common.converter.EncodedValues;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Schedules in a Temporal. A memo on each says whose it is, one on what it starts says from what it
 * was made: the first is listed, the second can be changed.
 */
public final class TemporalSchedules implements ScheduleKeeper {
  private static final String OWNER = "resurgeInstallation";
  private static final String QUEUE = "resurgeTaskQueue";
  private static final String DIGEST = "resurgeSchedule";

  /** What the note says while the runbook itself has it paused. */
  private static final String BY_RUNBOOK = "paused in the runbook";

  private static final String KEPT = "kept by resurge, from the runbook";

  private final ScheduleClient schedules;
  private final String owner;
  private final String taskQueue;

  /**
   * @param client to the namespace that is looked at, with the converter of {@code Payloads}
   */
  public TemporalSchedules(WorkflowClient client, Installation installation) {
    var options = client.getOptions();
    this.schedules =
        ScheduleClient.newInstance(
            client.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(options.getNamespace())
                .setDataConverter(options.getDataConverter())
                .build());
    this.owner = installation.id();
    this.taskQueue = installation.temporal().taskQueue();
  }

  @Override
  public List<KeptSchedule> kept() {
    return asking(
        "listing the schedules",
        () -> {
          try (Stream<ScheduleListDescription> all = schedules.listSchedules()) {
            return all.filter(each ->
                    isOurs(each.getMemo(OWNER, String.class), each.getMemo(QUEUE, String.class)))
                .map(ScheduleListDescription::getScheduleId)
                .flatMap(id -> found(id).stream())
                .sorted(Comparator.comparing(KeptSchedule::id))
                .toList();
          }
        });
  }

  @Override
  public Optional<KeptSchedule> find(String id) {
    return asking("looking at schedule " + id, () -> found(id));
  }

  private boolean isOurs(Object installation, Object queue) {
    return owner.equals(installation) && taskQueue.equals(queue);
  }

  /** A list may be a moment old. */
  private Optional<KeptSchedule> found(String id) {
    return described(id).filter(this::isOurs).map(TemporalSchedules::kept);
  }

  private Optional<ScheduleDescription> described(String id) {
    try {
      return Optional.of(schedules.getHandle(id).describe());
    } catch (ScheduleException e) {
      if (status(e) == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean isOurs(ScheduleDescription described) {
    return isOurs(described.getMemo(OWNER, String.class), described.getMemo(QUEUE, String.class));
  }

  private static KeptSchedule kept(ScheduleDescription described) {
    var id = described.getId();
    var slash = id.indexOf('/');
    var info = described.getInfo();
    var state = described.getSchedule().getState();
    var pause = Optional.ofNullable(state).filter(ScheduleState::isPaused);
    return new KeptSchedule(
        id.substring(0, slash),
        id.substring(slash + 1),
        digest(described).orElse(""),
        pause.isPresent(),
        pause.map(ScheduleState::getNote).filter(note -> !note.isBlank()),
        info.getNextActionTimes().stream().filter(next -> pause.isEmpty()).findFirst(),
        info.getRecentActions().stream()
            .map(ScheduleActionResult::getStartedAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder()),
        info.getRunningActions().stream()
            .filter(ScheduleActionExecutionStartWorkflow.class::isInstance)
            .map(each -> ((ScheduleActionExecutionStartWorkflow) each).getWorkflowId())
            .toList(),
        info.getNumActionsSkippedOverlap(),
        info.getNumActionsMissedCatchupWindow());
  }

  private static Optional<String> digest(ScheduleDescription described) {
    if (!(described.getSchedule().getAction() instanceof ScheduleActionStartWorkflow start)) {
      return Optional.empty();
    }
    return Optional.ofNullable(start.getOptions().getMemo())
        .flatMap(memo -> Optional.ofNullable(memo.get(DIGEST)))
        .map(TemporalSchedules::text);
  }

  private static String text(Object memo) {
    return memo instanceof EncodedValues encoded ? encoded.get(String.class) : String.valueOf(memo);
  }

  @Override
  public void keep(WantedSchedule wanted) {
    asking(
        "keeping schedule " + wanted.id(),
        () -> {
          try {
            schedules.createSchedule(
                wanted.id(), schedule(wanted, Optional.empty()), options(wanted));
          } catch (ScheduleAlreadyRunningException e) {
            update(wanted);
          }
          return true;
        });
  }

  private void update(WantedSchedule wanted) {
    requireOurs(wanted.id());
    schedules
        .getHandle(wanted.id())
        .update(input ->
            new ScheduleUpdate(
                schedule(wanted, Optional.ofNullable(input.getDescription().getSchedule()))));
  }

  private ScheduleHandle requireOurs(String id) {
    var described =
        described(id)
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.INPUT_INVALID,
                    "there is no schedule "
                        + id
                        + "; ./resurge schedules list shows those there are"));
    if (!isOurs(described)) {
      throw new ResurgeException(
          ErrorType.TARGET_OWNED,
          "schedule "
              + id
              + " in Temporal is not of installation "
              + owner
              + " with task queue "
              + taskQueue
              + "; it is left alone");
    }
    return schedules.getHandle(id);
  }

  private static ScheduleState state(WantedSchedule wanted, Optional<Schedule> before) {
    var byPerson =
        before
            .map(Schedule::getState)
            .filter(ScheduleState::isPaused)
            .filter(state -> !BY_RUNBOOK.equals(state.getNote()));
    if (byPerson.isPresent()) {
      return byPerson.get();
    }
    boolean paused = wanted.schedule().paused();
    return ScheduleState.newBuilder().setPaused(paused).setNote(paused ? BY_RUNBOOK : KEPT).build();
  }

  private Schedule schedule(WantedSchedule wanted, Optional<Schedule> before) {
    var asked = wanted.schedule();
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(asked.procedure().procedure().workflowType())
                .setArguments(wanted.input())
                .setOptions(starting(wanted))
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setCronExpressions(List.of(asked.cron()))
                .setTimeZoneName(asked.timeZone())
                .setJitter(asked.jitter())
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(asked.catchUp())
                .build())
        .setState(state(wanted, before))
        .build();
  }

  /** Temporal adds the time to the workflow's id; a run of that id hands over in its turn. */
  private WorkflowOptions starting(WantedSchedule wanted) {
    var procedure = wanted.schedule().procedure().procedure();
    return WorkflowOptions.newBuilder()
        .setTaskQueue(taskQueue)
        .setWorkflowId(procedure.workflowId(wanted.system()) + "/" + wanted.schedule().name())
        .setTypedSearchAttributes(attributes(wanted))
        .setStaticSummary(
            procedure.id() + " of " + wanted.system() + " on schedule " + wanted.schedule().name())
        // both or neither: the client cannot read a schedule back that has only one of them
        .setStaticDetails("Begun by schedule " + wanted.id() + ": " + wanted.describe())
        .setMemo(Map.of(DIGEST, wanted.digest()))
        .build();
  }

  private ScheduleOptions options(WantedSchedule wanted) {
    return ScheduleOptions.newBuilder()
        .setMemo(Map.of(OWNER, owner, QUEUE, taskQueue))
        .setTypedSearchAttributes(attributes(wanted))
        .build();
  }

  private static SearchAttributes attributes(WantedSchedule wanted) {
    return SearchAttributes.newBuilder()
        .set(Attributes.SYSTEM, wanted.system())
        .set(Attributes.PROCEDURE, wanted.schedule().procedure().procedure().id())
        .build();
  }

  @Override
  public void drop(String id) {
    asking(
        "removing schedule " + id,
        () -> {
          if (described(id).isPresent()) {
            requireOurs(id).delete();
          }
          return true;
        });
  }

  @Override
  public void pause(String id, String note) {
    asking(
        "pausing schedule " + id,
        () -> {
          requireOurs(id).pause(note);
          return true;
        });
  }

  @Override
  public void resume(String id, String note) {
    asking(
        "resuming schedule " + id,
        () -> {
          requireOurs(id).unpause(note);
          return true;
        });
  }

  @Override
  public void trigger(String id) {
    asking(
        "starting schedule " + id,
        () -> {
          requireOurs(id).trigger(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP);
          return true;
        });
  }

  private static <T> T asking(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (ScheduleException | StatusRuntimeException e) {
      var code = status(e);
      var said = root(e).getMessage();
      var unregistered = String.valueOf(said).contains("search attribute");
      throw new ResurgeException(
          switch (code) {
            case INVALID_ARGUMENT ->
                unregistered ? ErrorType.CONFIGURATION_INVALID : ErrorType.INPUT_INVALID;
            case UNIMPLEMENTED -> ErrorType.CONFIGURATION_INVALID;
            default -> ErrorType.TEMPORAL_UNAVAILABLE;
          },
          what
              + ": Temporal answered "
              + code
              + (code == Status.Code.UNIMPLEMENTED
                  ? "; the one in memory keeps no schedules, ./resurge up starts one that does"
                  : " (" + said + ")")
              + (unregistered ? "; a worker makes them known when it first starts" : ""),
          e);
    }
  }

  private static Status.Code status(Throwable thrown) {
    return root(thrown) instanceof StatusRuntimeException grpc
        ? grpc.getStatus().getCode()
        : Status.Code.UNKNOWN;
  }

  private static Throwable root(Throwable thrown) {
    var cause = thrown;
    while (cause.getCause() != null && !(cause instanceof StatusRuntimeException)) {
      cause = cause.getCause();
    }
    return cause;
  }
}
