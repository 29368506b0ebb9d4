package dev.resurge.workflows.procedure;

import dev.resurge.workflows.model.Clocks;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.runbook.Objectives;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recovery time and recovery point, measured from a run's clocks and set beside the runbook's
 * objectives. Pure: a workflow calls it and replays to the same answer.
 */
public final class Measures {
  /**
   * From the outage, as the caller declared it, to healthy: the recovery time where it is known.
   */
  public static final String DECLARED_TO_HEALTHY = "declared to healthy";

  /** From the start of the run to healthy: the recovery time where nothing was declared. */
  public static final String REQUESTED_TO_HEALTHY = "requested to healthy";

  /** The same without the time that the run waited for people's answers. */
  public static final String WITHOUT_WAITING = "requested to healthy without waiting for people";

  /** From quiesced to healthy: how long the workloads were stopped. */
  public static final String DOWNTIME = "downtime";

  /** From the data's own recovery point to declared (or requested): what is lost at most. */
  public static final String RECOVERY_POINT = "recovery point";

  /**
   * From the beginning of a try until the copies were verified and checked. A recovery takes
   * longer: this is an indication of its time, and a bound from below.
   */
  public static final String STAGED_AND_VERIFIED = "drill: staged and verified";

  private Measures() {}

  /**
   * All measures of one run, each with an objective where there is one. What was not measured is
   * listed with no actual value and is never counted as met.
   *
   * <p>The objective of recovery time belongs to {@link #DECLARED_TO_HEALTHY} when the outage was
   * declared, else to {@link #REQUESTED_TO_HEALTHY}. A span that ends before it began (an outage
   * declared in the future) is no measurement. Data newer than the declared outage has lost
   * nothing: its recovery point is zero. A system that never became healthy on the restored data
   * (it was swapped back, say) has recovered to no point, so that none is measured.
   *
   * @param recoveryPoint the moment the restored data is of; empty if no set was chosen
   * @param waitedForPeople all the time before healthy that the run only waited for answers
   */
  public static List<Measure> of(
      Clocks clocks,
      Optional<Instant> recoveryPoint,
      Duration waitedForPeople,
      Objectives objectives) {
    var declared = clocks.declared().isPresent();
    var measures = new ArrayList<Measure>();
    if (declared) {
      measures.add(
          Measure.of(
              DECLARED_TO_HEALTHY, span(clocks.declared(), clocks.healthy()), objectives.rto()));
    }
    var requestedToHealthy = span(Optional.of(clocks.requested()), clocks.healthy());
    measures.add(
        Measure.of(
            REQUESTED_TO_HEALTHY,
            requestedToHealthy,
            declared ? Optional.empty() : objectives.rto()));
    measures.add(
        Measure.of(
            WITHOUT_WAITING,
            requestedToHealthy.map(d -> d.minus(waitedForPeople)).filter(d -> !d.isNegative()),
            Optional.empty()));
    measures.add(
        Measure.of(DOWNTIME, span(clocks.quiesced(), clocks.healthy()), objectives.downtime()));
    measures.add(
        Measure.of(
            RECOVERY_POINT,
            recoveryPoint
                .filter(p -> clocks.healthy().isPresent())
                .map(p -> lost(p, clocks.declared().orElse(clocks.requested()))),
            objectives.rpo()));
    return List.copyOf(measures);
  }

  /**
   * What trying a set measures. Missing an objective here means that a recovery would miss it too;
   * reaching it is no proof that a recovery would reach it.
   *
   * @param verified empty unless the copies stood and passed
   * @param recoveryPoint the moment that the set's data is of
   */
  public static List<Measure> ofTrial(
      Optional<Duration> verified,
      Optional<Instant> recoveryPoint,
      Instant requested,
      Objectives objectives) {
    return List.of(
        Measure.of(STAGED_AND_VERIFIED, verified, objectives.rto()),
        Measure.of(
            RECOVERY_POINT,
            verified.flatMap(v -> recoveryPoint.map(p -> lost(p, requested))),
            objectives.rpo()));
  }

  /** Whether a measure was taken and missed its objective; one that was not taken misses none. */
  public static boolean missed(List<Measure> measures) {
    return measures.stream().anyMatch(m -> m.met().isPresent() && !m.met().get());
  }

  private static Optional<Duration> span(Optional<Instant> from, Optional<Instant> to) {
    return from.flatMap(f -> to.map(t -> Duration.between(f, t))).filter(d -> !d.isNegative());
  }

  private static Duration lost(Instant recoveryPoint, Instant outage) {
    var age = Duration.between(recoveryPoint, outage);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
