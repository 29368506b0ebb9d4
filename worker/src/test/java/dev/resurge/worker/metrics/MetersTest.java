package dev.resurge.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetersTest {
  @Test
  void whatTemporalsSdkCountsWithAnUpdatesNameIsCountedWithTheRest() {
    var registry = new Meters().registry();

    registry.counter("temporal_request", "operation", "Query").increment();
    registry
        .counter("temporal_request", "operation", "Update", "update_name", "answer")
        .increment();

    assertThat(registry.scrape())
        .contains("temporal_request_total{operation=\"Query\"} 1.0")
        .contains("temporal_request_total{operation=\"Update\"} 1.0");
  }
}
