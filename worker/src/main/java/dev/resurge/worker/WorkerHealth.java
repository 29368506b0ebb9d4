package dev.resurge.worker;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Ready once the worker polls Temporal. */
@Singleton
@Readiness
final class WorkerHealth implements HealthIndicator {
  private final TemporalWorker worker;

  WorkerHealth(TemporalWorker worker) {
    this.worker = worker;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Publishers.just(
        HealthResult.builder("worker", worker.polling() ? HealthStatus.UP : HealthStatus.DOWN)
            .details(Map.of("polling", worker.polling()))
            .build());
  }
}
