package dev.resurge.activities.spi;

import dev.resurge.workflows.runbook.Workload;

/** What writes to the components. Each operation looks first and then acts. */
public interface Workloads {
  /** Whether it runs now; {@code UNKNOWN} if its status cannot be told. */
  Observation observe(Attempt attempt, Workload workload);

  /**
   * Stops it and returns once it is seen stopped; at once if it is.
   *
   * @return whether it had to be stopped
   * @throws dev.resurge.workflows.model.ResurgeException {@code WorkloadFailed}
   */
  boolean quiesce(Attempt attempt, Workload workload);

  /**
   * Starts it and returns once it is seen running; at once if it is.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code WorkloadFailed}
   */
  void resume(Attempt attempt, Workload workload);

  /** What was seen, and its words. */
  record Observation(State state, String detail) {}

  /** Whether a workload runs. */
  enum State {
    RUNNING,
    STOPPED,
    UNKNOWN
  }
}
