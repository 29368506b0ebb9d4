package dev.resurge.activities.step;

import dev.resurge.workflows.model.Step;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.GlobalDataConverter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each step was really tried. A workflow is not told that; Temporal's history says it,
 * under the summary that is the step's own label.
 */
public final class AttemptHistory {
  private final WorkflowClient client;

  public AttemptHistory(WorkflowClient client) {
    this.client = client;
  }

  /** The steps with the attempts that the run and its children took for them. */
  List<Step> complete(List<Step> steps, String workflowId, String temporalRunId) {
    var attempts = new HashMap<String, Deque<Integer>>();
    read(workflowId, temporalRunId, attempts);
    var completed = new ArrayList<Step>();
    for (var step : steps) {
      var counts = attempts.get(Step.label(step.name(), step.component()));
      completed.add(
          counts == null || counts.isEmpty() ? step : step.withAttempts(counts.removeFirst()));
    }
    return completed;
  }

  private void read(String workflowId, String runId, Map<String, Deque<Integer>> attempts) {
    var labels = new HashMap<Long, String>();
    for (var event : client.fetchHistory(workflowId, runId).getHistory().getEventsList()) {
      if (event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) {
        labels.put(event.getEventId(), summary(event));
      } else if (event.hasActivityTaskStartedEventAttributes()) {
        var started = event.getActivityTaskStartedEventAttributes();
        attempts
            .computeIfAbsent(labels.get(started.getScheduledEventId()), l -> new ArrayDeque<>())
            .add(Math.max(1, started.getAttempt()));
      } else if (event.hasChildWorkflowExecutionStartedEventAttributes()) {
        WorkflowExecution child =
            event.getChildWorkflowExecutionStartedEventAttributes().getWorkflowExecution();
        read(child.getWorkflowId(), child.getRunId(), attempts);
      }
    }
  }

  private static String summary(HistoryEvent event) {
    return event.hasUserMetadata() && event.getUserMetadata().hasSummary()
        ? GlobalDataConverter.get()
            .fromPayload(event.getUserMetadata().getSummary(), String.class, String.class)
        : "";
  }
}
