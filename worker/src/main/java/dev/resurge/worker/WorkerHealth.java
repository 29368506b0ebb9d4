package dev.resurge.worker;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

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
    return Mono.fromSupplier(() ->
        HealthResult.builder("worker", worker.polling() ? HealthStatus.UP : HealthStatus.DOWN)
            .details(Map.of("polling", worker.polling()))
            .build());
  }
}
