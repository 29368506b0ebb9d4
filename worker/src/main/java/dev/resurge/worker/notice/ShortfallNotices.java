package dev.resurge.worker.notice;

import dev.resurge.activities.notice.Notifier;
import dev.resurge.worker.watch.Shortfall;
import dev.resurge.worker.watch.SystemState;
import dev.resurge.worker.watch.Watch;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Severity;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people when a system begins to fall short of what its runbook promises, and when it does no
 * longer: of a backup that did not come no run can tell. A store that cannot be looked at is left
 * to the metrics' alerts, which wait whether it stays away.
 */
@Singleton
final class ShortfallNotices implements Watch.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(ShortfallNotices.class);

  private final Notifier notifier;
  private final Retry retry =
      new Retry(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofHours(1));
  private final ExecutorService telling = Executors.newVirtualThreadPerTaskExecutor();

  ShortfallNotices(Notifier notifier) {
    this.notifier = notifier;
  }

  @Override
  public void changed(Optional<SystemState> before, SystemState after) {
    notice(before, after).ifPresent(notice -> telling.execute(() -> tell(notice)));
  }

  private void tell(Notice notice) {
    var done = new ArrayList<String>();
    var failed = new ArrayList<String>();
    retry.until(() -> {
      failed.clear();
      for (var delivery : notifier.tell(notice, List.copyOf(done))) {
        if (delivery.settled()) {
          done.add(delivery.channel());
          delivery.failure().ifPresent(refused -> warn(notice, refused.getMessage()));
        } else {
          failed.add(delivery.failure().orElseThrow().getMessage());
        }
      }
      return failed.isEmpty();
    });
    failed.forEach(why -> warn(notice, why));
  }

  private static void warn(Notice notice, String why) {
    LOG.warn("not told, {}: {}", notice.title(), why);
  }

  @PreDestroy
  void stop() {
    telling.shutdownNow();
  }

  /** What is to be told of a change; empty if nobody need know. */
  static Optional<Notice> notice(Optional<SystemState> before, SystemState after) {
    var was = before.map(ShortfallNotices::told).orElseGet(Set::of);
    var is = told(after);
    if (was.equals(is)) {
      return Optional.empty();
    }
    return Optional.of(is.isEmpty() ? met(after) : shortOf(after, is));
  }

  private static Set<Shortfall> told(SystemState state) {
    var told = EnumSet.noneOf(Shortfall.class);
    told.addAll(state.shortfalls().keySet());
    told.remove(Shortfall.UNSEEN);
    return told;
  }

  private static Notice met(SystemState state) {
    return notice(
        state,
        Notice.Event.DONE,
        Severity.LOW,
        Procedure.BACKUP,
        "meets its objectives again",
        List.of());
  }

  private static Notice shortOf(SystemState state, Set<Shortfall> is) {
    var gravest = Stream.of(Shortfall.values()).filter(is::contains).findFirst().orElseThrow();
    return notice(
        state,
        Notice.Event.OBJECTIVE_MISSED,
        severity(gravest),
        missing(gravest),
        gravest.words(),
        is.stream().map(each -> line(state, each)).toList());
  }

  private static Notice notice(
      SystemState state,
      Notice.Event event,
      Severity severity,
      Procedure procedure,
      String words,
      List<String> what) {
    var lines = new ArrayList<>(what);
    state.readiness().ifPresent(readiness -> lines.addAll(readiness.findings()));
    lines.add("all of it: ./resurge readiness " + state.system());
    return new Notice(
        event,
        severity,
        state.system(),
        procedure,
        Optional.empty(),
        state.system() + ": " + words,
        lines,
        Optional.empty(),
        List.of(),
        List.of(),
        state.lookedAt());
  }

  private static Severity severity(Shortfall shortfall) {
    return switch (shortfall) {
      case NO_GOOD_SET, RECOVERY_POINT -> Severity.CRITICAL;
      case RECOVERY_TIME, UNSEEN -> Severity.HIGH;
      case TEST_DUE -> Severity.MEDIUM;
    };
  }

  private static Procedure missing(Shortfall shortfall) {
    return switch (shortfall) {
      case NO_GOOD_SET, RECOVERY_POINT, UNSEEN -> Procedure.BACKUP;
      case RECOVERY_TIME, TEST_DUE -> Procedure.DRILL;
    };
  }

  private static String line(SystemState state, Shortfall shortfall) {
    return shortfall.words()
        + state.since(shortfall).map(at -> ", since " + seconds(at)).orElse("")
        + (shortfall == Shortfall.RECOVERY_POINT
            ? state.recoveryPoint().map(at -> "; its data is of " + seconds(at)).orElse("")
            : "");
  }

  private static Instant seconds(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }
}
