package dev.resurge.activities.step;

import dev.resurge.activities.notice.Notifier;
import dev.resurge.workflows.activity.NoticeActivities;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.ResurgeException;
import io.temporal.activity.Activity;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people, and remembers from attempt to attempt whom. */
public final class Telling implements NoticeActivities {
  private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

  private final Notifier notifier;

  public Telling(Notifier notifier) {
    this.notifier = notifier;
  }

  /**
   * What an attempt leaves to the next.
   *
   * @param settled channels that were told or that will never take it
   * @param refusals what the latter said
   */
  record Progress(List<String> settled, List<String> refusals) {}

  @Override
  public void tell(Notice notice) {
    var context = Activity.getExecutionContext();
    var before =
        context
            .getHeartbeatDetails(Progress.class)
            .orElseGet(() -> new Progress(List.of(), unreachable(notice)));
    var settled = new ArrayList<>(before.settled());
    var refusals = new ArrayList<>(before.refusals());
    var again = new ArrayList<String>();
    for (var delivery : notifier.tell(notice, before.settled())) {
      var words = delivery.failure().map(f -> delivery.channel() + ": " + f.getMessage());
      if (delivery.settled()) {
        settled.add(delivery.channel());
        words.ifPresent(refusals::add);
      } else {
        words.ifPresent(again::add);
      }
      if (words.isEmpty()) {
        LOG.info("{} told of {}: {}", delivery.channel(), notice.event().id(), notice.title());
      }
    }
    if (!again.isEmpty()) {
      context.heartbeat(new Progress(settled, refusals)); // the first of an attempt goes at once
      throw new ResurgeException(ErrorType.NOTICE_UNDELIVERED, String.join("; ", again));
    }
    if (!refusals.isEmpty()) {
      throw new ResurgeException(ErrorType.NOTICE_REFUSED, String.join("; ", refusals));
    }
  }

  private List<String> unreachable(Notice notice) {
    return notifier.unreachable(notice).stream()
        .map(person -> "notifications.people names no channel of " + person)
        .toList();
  }
}
