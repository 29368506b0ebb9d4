package dev.resurge.workflows.procedure;

import dev.resurge.workflows.activity.NoticeActivities;
import dev.resurge.workflows.model.Notice;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells people beside the work: nothing waits for it and nothing fails by it. Where the
 * installation tells nobody, nothing is asked of it either, and histories stay short.
 */
final class Telling {
  private final Timeline timeline;
  private final List<Promise<Optional<String>>> pending = new ArrayList<>();
  private Optional<Boolean> anybody = Optional.empty();

  /**
   * @param timeline notes what was never delivered
   */
  Telling(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * Whether the installation tells anybody anything; the configuration is read with the runbook.
   */
  void anybody(boolean listens) {
    anybody = Optional.of(listens);
  }

  /** Whether notices go out; before it is known they do not. */
  boolean open() {
    return anybody.orElse(false);
  }

  /** Whether the end is told: of a run that came not even so far as to know, it is. */
  boolean endIsTold() {
    return anybody.orElse(true);
  }

  /** Sends it off; it is tried for an hour, unless the run ends before. */
  void tell(Notice notice) {
    if (open()) {
      send(Stubs.telling(NoticeActivities.class, "tell " + notice.event().id()), notice);
    }
  }

  /** The last notice: it and those before it get a short time, and then the run ends. */
  void last(Notice notice) {
    if (!endIsTold()) {
      return;
    }
    send(Stubs.tellingLast(NoticeActivities.class, "tell " + notice.event().id()), notice);
    Workflow.await(Stubs.LAST_CHANCE, () -> pending.stream().allMatch(Promise::isCompleted));
    pending.stream()
        .filter(told -> !told.isCompleted())
        .forEach(late -> timeline.note("not told", "a notice was still not delivered at the end"));
  }

  /** Detached: a run that is cancelled tells so. */
  private void send(NoticeActivities activity, Notice notice) {
    Workflow.newDetachedCancellationScope(() ->
            pending.add(
                Async.procedure(activity::tell, notice)
                    .handle((told, failure) -> heard(notice, Optional.ofNullable(failure)))))
        .run();
  }

  private Optional<String> heard(Notice notice, Optional<RuntimeException> failure) {
    var why = failure.map(f -> notice.event().id() + ": " + Failures.describe(f).message());
    why.ifPresent(words -> timeline.note("not told", words));
    return why;
  }
}
