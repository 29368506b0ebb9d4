package dev.resurge.activities.component.postgres;

import dev.resurge.workflows.runbook.Component;

/** How many streams and restore jobs run side by side. */
final class Jobs {
  private Jobs() {}

  /** What the runbook says, else the worker's processors: at least 2, at most 8. */
  static int of(Component.Postgres component) {
    return Math.max(
        1,
        component
            .jobs()
            .orElseGet(() -> Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()))));
  }
}
