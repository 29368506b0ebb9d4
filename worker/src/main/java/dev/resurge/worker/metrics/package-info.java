/** What {@code /metrics} serves, in Prometheus' text format. */
package dev.resurge.worker.metrics;
