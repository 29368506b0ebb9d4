package dev.resurge.worker.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.TreeMap;

/** Gauges of one scrape, gathered by name. */
final class Gauges {
  private final Map<String, GaugeSnapshot.Builder> byName = new TreeMap<>();

  void set(String name, String help, Labels labels, double value) {
    byName
        .computeIfAbsent(name, named -> GaugeSnapshot.builder().name(named).help(help))
        .dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
  }

  void set(String name, String help, Labels labels, boolean value) {
    set(name, help, labels, value ? 1 : 0);
  }

  MetricSnapshots snapshots(InfoSnapshot info) {
    var all = MetricSnapshots.builder().metricSnapshot(info);
    byName.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
    return all.build();
  }
}
