package dev.resurge.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.evidence.EvidenceSamples;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Step;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityInput;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityOutput;
import io.temporal.common.interceptors.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted when a run's evidence is written. */
class RunMetricsTest {
  private final PrometheusMeterRegistry registry = registry();
  private final RunMetrics metrics = new RunMetrics(registry);

  private static PrometheusMeterRegistry registry() {
    var made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    made.config().meterFilter(RunMetrics.bound());
    return made;
  }

  @Test
  void aRunIsCountedWhenItsEvidenceIsWrittenAndNotWhenTheStoreIsAway() {
    var evidence = EvidenceSamples.passingRestore();

    assertThatThrownBy(() ->
            write(
                evidence,
                () -> {
                  throw new IllegalStateException("the store is away");
                }))
        .hasMessage("the store is away");
    assertThat(registry.find("resurge.runs").counter()).isNull();

    write(evidence, () -> new ActivityOutput("where it lies"));

    assertThat(
            registry
                .get("resurge.runs")
                .tags("system", evidence.system(), "procedure", "restore", "verdict", "pass")
                .counter()
                .count())
        .isEqualTo(1);
    var clocks = evidence.clocks();
    assertThat(registry.get("resurge.downtime").timer().totalTime(TimeUnit.NANOSECONDS))
        .isEqualTo(
            (double)
                Duration.between(clocks.quiesced().orElseThrow(), clocks.healthy().orElseThrow())
                    .toNanos());
    assertThat(registry.get("resurge.run.duration").timer().totalTime(TimeUnit.NANOSECONDS))
        .isEqualTo((double) Duration.between(clocks.requested(), evidence.ended()).toNanos());
  }

  @Test
  void otherActivitiesCountNothing() {
    call(new Object[] {"paperless", 7}, () -> new ActivityOutput("done"));

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void namesOfHooksAndSetsMakeNoSeriesAndNeitherDoManyNewSteps() {
    var sample = EvidenceSamples.backup();
    var many =
        IntStream.range(0, 1000)
            .mapToObj(i -> i % 2 == 0 ? step("hook number-" + i) : step("step of " + i))
            .toList();

    metrics.ended(sample.withSteps(many));

    var timers = registry.get("resurge.step.duration").timers();
    assertThat(timers).hasSizeLessThan(200);
    assertThat(registry.get("resurge.step.duration").tag("step", "hook").timer().count())
        .isEqualTo(500);
  }

  @Test
  void aStepThatIsStillWaitedForOrOnlyANoteTookNoTime() {
    var sample = EvidenceSamples.backup();

    metrics.ended(
        sample.withSteps(
            List.of(
                step("note", Step.Outcome.NOTE, Optional.of(Instant.EPOCH)),
                step("open", Step.Outcome.RUNNING, Optional.empty()))));

    assertThat(registry.find("resurge.step.duration").timers()).isEmpty();
  }

  @Test
  void aSystemThatIsGoneTakesItsSeriesWithItAndNoOther() {
    metrics.ended(EvidenceSamples.passingRestore());
    metrics.ended(EvidenceSamples.backup());
    registry.counter("temporal.request", "system", EvidenceSamples.backup().system()).increment();

    metrics.gone("another");
    assertThat(registry.find("resurge.runs").counters()).isNotEmpty();
    metrics.gone(EvidenceSamples.backup().system());
    metrics.gone(EvidenceSamples.passingRestore().system());

    assertThat(registry.find("resurge.runs").counters()).isEmpty();
    assertThat(registry.find("resurge.downtime").timers()).isEmpty();
    assertThat(registry.find("resurge.step.duration").timers()).isNotEmpty();
    assertThat(registry.find("temporal.request").counters()).hasSize(1);
  }

  private static Step step(String name) {
    return step(name, Step.Outcome.DONE, Optional.of(Instant.EPOCH.plusSeconds(1)));
  }

  private static Step step(String name, Step.Outcome outcome, Optional<Instant> end) {
    return new Step(name, Optional.empty(), Instant.EPOCH, end, 1, outcome, Optional.empty());
  }

  private void write(Evidence evidence, Supplier<ActivityOutput> work) {
    call(new Object[] {"run", evidence}, work);
  }

  private void call(Object[] arguments, Supplier<ActivityOutput> work) {
    var interceptor =
        metrics.interceptActivity(
            new ActivityInboundCallsInterceptor() {
              @Override
              public void init(ActivityExecutionContext context) {}

              @Override
              public ActivityOutput execute(ActivityInput input) {
                return work.get();
              }
            });
    interceptor.execute(new ActivityInput(Header.empty(), arguments));
  }
}
