package dev.resurge.worker.metrics;

import dev.resurge.worker.watch.Watch;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Step;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Counts runs when their evidence is written, which is the last thing a run does and succeeds once.
 * Only if the worker dies in the moment between the writing and Temporal's hearing of it, another
 * attempt writes the same again, and another worker counts it for the first time.
 */
@Singleton
final class RunMetrics extends WorkerInterceptorBase implements Watch.Listener {
  private static final String RUNS = "resurge.runs";
  private static final String DURATION = "resurge.run.duration";
  private static final String DOWNTIME = "resurge.downtime";
  private static final String STEP = "resurge.step.duration";
  private static final String SYSTEM = "system";
  private static final String PROCEDURE = "procedure";

  /** Steps that are called after a thing of their own, such as the name of a hook. */
  private static final List<String> FAMILIES = List.of("hook", "remove set");

  /** There are some fifty; a new one that forgets {@link #FAMILIES} must not fill the memory. */
  private static final int MOST_STEPS = 150;

  private final PrometheusMeterRegistry registry;

  RunMetrics(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** For the registry, before anything is measured. */
  static MeterFilter bound() {
    return MeterFilter.maximumAllowableTags(STEP, "step", MOST_STEPS, MeterFilter.deny());
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public ActivityOutput execute(ActivityInput input) {
        var output = super.execute(input);
        Arrays.stream(input.getArguments())
            .filter(Evidence.class::isInstance)
            .map(Evidence.class::cast)
            .forEach(RunMetrics.this::ended);
        return output;
      }
    };
  }

  /** Counts a run. */
  void ended(Evidence evidence) {
    var system = evidence.system();
    var procedure = evidence.procedure().id();
    Counter.builder(RUNS)
        .description("Runs that ended, by their verdict")
        .tags(SYSTEM, system, PROCEDURE, procedure, "verdict", evidence.verdict().id())
        .register(registry)
        .increment();
    var clocks = evidence.clocks();
    Timer.builder(DURATION)
        .description("How long runs took, waiting for people included")
        .tags(SYSTEM, system, PROCEDURE, procedure)
        .register(registry)
        .record(Duration.between(clocks.requested(), evidence.ended()));
    clocks
        .quiesced()
        .flatMap(from -> clocks.healthy().map(until -> Duration.between(from, until)))
        .ifPresent(stopped ->
            Timer.builder(DOWNTIME)
                .description("How long workloads were stopped: quiesced to healthy")
                .tags(SYSTEM, system, PROCEDURE, procedure)
                .register(registry)
                .record(stopped));
    evidence.steps().forEach(step -> ended(procedure, step));
  }

  private void ended(String procedure, Step step) {
    var worked = step.outcome() == Step.Outcome.DONE || step.outcome() == Step.Outcome.FAILED;
    step.end()
        .filter(end -> worked)
        .ifPresent(end ->
            Timer.builder(STEP)
                .description("How long the steps of runs took, by name")
                .tags(PROCEDURE, procedure, "step", family(step.name()))
                .register(registry)
                .record(Duration.between(step.start(), end)));
  }

  private static String family(String name) {
    return FAMILIES.stream().filter(f -> name.startsWith(f + " ")).findFirst().orElse(name);
  }

  @Override
  public void gone(String system) {
    registry.getMeters().stream()
        .filter(meter -> system.equals(meter.getId().getTag(SYSTEM)))
        .filter(meter -> meter.getId().getName().startsWith("resurge."))
        .forEach(registry::remove);
  }
}
