package dev.resurge.worker.metrics;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import jakarta.inject.Singleton;
import java.util.List;

/** Everything that is measured meets in one registry. */
@Factory
final class Meters {
  private static final Duration SDK_REPORTS_EVERY = Duration.ofSeconds(5);

  @Singleton
  @Bean(preDestroy = "close")
  PrometheusMeterRegistry registry() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry
        .config()
        // Temporal's SDK adds it to some calls of a meter only, and Prometheus would leave those
        // out
        .meterFilter(MeterFilter.ignoreTags("update_name"))
        .meterFilter(RunMetrics.bound());
    List.of(
            new ClassLoaderMetrics(),
            new JvmInfoMetrics(),
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())
        .forEach(binder -> binder.bindTo(registry));
    return registry;
  }

  /** Apart from the others, because it listens to the collectors until it is closed. */
  @Context
  @Bean(preDestroy = "close")
  JvmGcMetrics garbageCollection(PrometheusMeterRegistry registry) {
    var binder = new JvmGcMetrics();
    binder.bindTo(registry);
    return binder;
  }

  /** Where Temporal's SDK counts. */
  @Singleton
  @Bean(preDestroy = "close")
  Scope temporal(PrometheusMeterRegistry registry) {
    return new RootScopeBuilder()
        .reporter(new MicrometerClientStatsReporter(registry))
        .reportEvery(SDK_REPORTS_EVERY);
  }
}
