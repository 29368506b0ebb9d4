package dev.resurge.worker.metrics;

import dev.resurge.activities.step.Site;
import dev.resurge.worker.watch.SystemState;
import dev.resurge.worker.watch.TemporalState;
import dev.resurge.worker.watch.TemporalWatch;
import dev.resurge.worker.watch.Watch;
import dev.resurge.workflows.model.Measure;
import dev.resurge.workflows.readiness.Readiness;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Context;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How systems stand, made of the watch's state anew for each scrape: an age goes on growing between
 * two looks, and a system that is gone takes its series with it.
 */
@Context
final class SystemMetrics implements MultiCollector {
  private static final String SYSTEM = "system";

  private final Site site;
  private final Watch watch;
  private final TemporalWatch temporal;

  SystemMetrics(Site site, Watch watch, TemporalWatch temporal, PrometheusMeterRegistry registry) {
    this.site = site;
    this.watch = watch;
    this.temporal = temporal;
    registry.getPrometheusRegistry().register(this);
  }

  @Override
  public MetricSnapshots collect() {
    var gauges = new Gauges();
    var systems = watch.state().systems().values();
    gauges.set("resurge_systems", "Systems that the worker watches", Labels.EMPTY, systems.size());
    systems.forEach(state -> add(gauges, state, site.clock().instant()));
    temporal.state().ifPresent(state -> add(gauges, state));
    return gauges.snapshots(worker());
  }

  private InfoSnapshot worker() {
    return InfoSnapshot.builder()
        .name("resurge_worker")
        .help("Who the worker is")
        .dataPoint(
            InfoDataPointSnapshot.builder()
                .labels(
                    Labels.of("installation", site.installation().id(), "version", site.version()))
                .build())
        .build();
  }

  private static void add(Gauges gauges, SystemState state, Instant now) {
    var labels = Labels.of(SYSTEM, state.system());
    gauges.set(
        "resurge_last_look_timestamp_seconds",
        "When the last look at the system ended, failed or not",
        labels,
        seconds(state.lookedAt()));
    gauges.set(
        "resurge_look_failed",
        "1 if the system could not be looked at, because its store is away or its runbook broken",
        labels,
        state.unseen().isPresent());
    state
        .recoveryPoint()
        .ifPresent(point ->
            gauges.set(
                "resurge_backup_age_seconds",
                "Age of the data in the newest good set; absent if there is none",
                labels,
                age(point, now)));
    state.readiness().ifPresent(readiness -> add(gauges, readiness, labels, now));
    for (var run : state.lastRuns()) {
      gauges.set(
          "resurge_last_run_timestamp_seconds",
          "When the newest run of each procedure ended, as its evidence in the store says",
          Labels.of(
              SYSTEM,
              state.system(),
              "procedure",
              run.procedure().id(),
              "verdict",
              run.verdict().id()),
          seconds(run.ended()));
    }
  }

  private static void add(Gauges gauges, Readiness readiness, Labels labels, Instant now) {
    objective(
        gauges,
        readiness.recoveryPoint(),
        "resurge_backup_objective_seconds",
        "Recovery point objective",
        labels);
    objective(
        gauges,
        readiness.recoveryTime(),
        "resurge_recovery_objective_seconds",
        "Recovery time objective",
        labels);
    readiness
        .recoveryTime()
        .actual()
        .ifPresent(took ->
            gauges.set(
                "resurge_recovery_seconds",
                "How long bringing the data back took when it was proven last",
                labels,
                seconds(took)));
    readiness
        .proof()
        .ifPresent(proof ->
            gauges.set(
                "resurge_proof_age_seconds",
                "How long ago a run proved that the data can be brought back",
                labels,
                age(proof.at(), now)));
    readiness
        .testDue()
        .ifPresent(due ->
            gauges.set(
                "resurge_test_due_timestamp_seconds",
                "When the next test of restoring is due; absent if there was never one",
                labels,
                seconds(due)));
    gauges.set(
        "resurge_ready",
        "1 if there is a good set and every objective was measured and is met",
        labels,
        readiness.ready());
    gauges.set(
        "resurge_findings",
        "Lines that ./resurge readiness tells people to look at",
        labels,
        readiness.findings().size());
  }

  private static void objective(
      Gauges gauges, Measure measure, String name, String help, Labels labels) {
    measure
        .objective()
        .ifPresent(objective ->
            gauges.set(
                name, help + "; absent if the runbook has none", labels, seconds(objective)));
  }

  private static void add(Gauges gauges, TemporalState state) {
    gauges.set(
        "resurge_temporal_up",
        "1 if Temporal answered when it was asked last",
        Labels.EMPTY,
        state.answers());
    for (var run : state.waiting()) {
      gauges.set(
          "resurge_waiting",
          "1 for a run that waits for a person",
          Labels.of(
              SYSTEM,
              run.system(),
              "procedure",
              run.procedure().id(),
              "question",
              run.kind().name().toLowerCase(Locale.ROOT)),
          true);
    }
  }

  private static double age(Instant of, Instant now) {
    return Math.max(0, seconds(Duration.between(of, now)));
  }

  private static double seconds(Instant instant) {
    return seconds(Duration.between(Instant.EPOCH, instant));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
