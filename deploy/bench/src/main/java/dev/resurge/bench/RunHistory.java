package dev.resurge.bench;

import com.google.protobuf.Timestamp;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** What Temporal wrote down of a run: when it ran, and when an activity of it was at work. */
final class RunHistory {
  private final WorkflowClient client;
  private final List<Interval> activities = new ArrayList<>();

  private RunHistory(WorkflowClient client) {
    this.client = client;
  }

  /**
   * The part of a run's time in which no activity was at work, its children's included: what it
   * costs that the run is a durable workflow and not a shell script.
   */
  static Duration orchestration(WorkflowClient client, WorkflowExecution run) {
    var history = new RunHistory(client);
    var whole = history.read(run);
    return whole.length().minus(Interval.union(history.activities));
  }

  private Interval read(WorkflowExecution run) {
    var events = client.fetchHistory(run.getWorkflowId(), run.getRunId()).getEvents();
    var times = new HashMap<Long, Instant>();
    events.forEach(event -> times.put(event.getEventId(), at(event)));
    for (var event : events) {
      switch (event.getEventType()) {
        case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
            add(
                times.get(event.getActivityTaskCompletedEventAttributes().getStartedEventId()),
                event);
        case EVENT_TYPE_ACTIVITY_TASK_FAILED ->
            add(times.get(event.getActivityTaskFailedEventAttributes().getStartedEventId()), event);
        case EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED ->
            read(event.getChildWorkflowExecutionStartedEventAttributes().getWorkflowExecution());
        default -> {}
      }
    }
    return new Interval(at(events.getFirst()), at(events.getLast()));
  }

  private void add(Instant started, HistoryEvent ended) {
    activities.add(new Interval(started, at(ended)));
  }

  private static Instant at(HistoryEvent event) {
    Timestamp time = event.getEventTime();
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
