package dev.resurge.worker.watch;

import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.model.SetSummary;
import dev.resurge.workflows.readiness.Readiness;
import dev.resurge.workflows.readiness.ReadinessRules;
import dev.resurge.workflows.runbook.Runbook;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a system's state of what was seen last; pure. */
final class Judgement {
  private final String system;
  private final Instant now;
  private final Optional<SystemState> before;

  /**
   * @param before the state that the look before came to
   */
  Judgement(String system, Instant now, Optional<SystemState> before) {
    this.system = system;
    this.now = now;
    this.before = before;
  }

  /**
   * Nothing was ever seen of the system's store.
   *
   * @param runbook empty if not even that could be read
   */
  SystemState unseen(Optional<Runbook> runbook, String why) {
    return new SystemState(
        system,
        now,
        runbook,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(why),
        Map.of(Shortfall.UNSEEN, sinceBefore(Shortfall.UNSEEN)));
  }

  /**
   * @param unseen why this look failed; the facts are older then
   */
  SystemState of(Runbook runbook, ReadinessRules.Facts facts, Optional<String> unseen) {
    var readiness = new ReadinessRules(runbook).judge(facts, now);
    var recoveryPoint = facts.newest().map(SetSummary::recoveryPoint);
    var shortfalls = shortfalls(readiness, recoveryPoint);
    if (unseen.isPresent()) {
      shortfalls.put(Shortfall.UNSEEN, sinceBefore(Shortfall.UNSEEN));
    }
    return new SystemState(
        system,
        now,
        Optional.of(runbook),
        Optional.of(readiness),
        recoveryPoint,
        facts.lastOfEach(),
        unseen,
        shortfalls);
  }

  private Map<Shortfall, Instant> shortfalls(Readiness readiness, Optional<Instant> recoveryPoint) {
    var found = new EnumMap<Shortfall, Instant>(Shortfall.class);
    if (readiness.lastGood().isEmpty()) {
      found.put(Shortfall.NO_GOOD_SET, sinceBefore(Shortfall.NO_GOOD_SET));
    }
    if (isMissed(readiness.recoveryPoint())) {
      found.put(
          Shortfall.RECOVERY_POINT,
          recoveryPoint.orElseThrow().plus(readiness.recoveryPoint().objective().orElseThrow()));
    }
    if (isMissed(readiness.recoveryTime())) {
      found.put(Shortfall.RECOVERY_TIME, readiness.proof().orElseThrow().at());
    }
    if (readiness.testDue().map(due -> due.isBefore(now)).orElse(true)) {
      found.put(
          Shortfall.TEST_DUE, readiness.testDue().orElseGet(() -> sinceBefore(Shortfall.TEST_DUE)));
    }
    return found;
  }

  /** What was not measured is not missed. */
  private static boolean isMissed(Measure measure) {
    return measure.met().map(met -> !met).orElse(false);
  }

  private Instant sinceBefore(Shortfall shortfall) {
    return before.flatMap(state -> state.since(shortfall)).orElse(now);
  }
}
