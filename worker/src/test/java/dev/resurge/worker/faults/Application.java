package dev.resurge.worker.faults;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Workloads;
import dev.resurge.workflows.runbook.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What writes: while it runs it writes something new whenever the run makes a call, and remembers
 * what was acknowledged.
 */
final class Application implements Workloads {
  private final List<Integer> acknowledged = new ArrayList<>();
  private final IntPredicate write;
  private boolean running = true;
  private int next;
  private int starts;

  /**
   * @param write writes that number; whether it was acknowledged
   */
  Application(IntPredicate write) {
    this.write = write;
  }

  /** Writes, if it runs. */
  synchronized void work() {
    if (running) {
      next++;
      if (write.test(next)) {
        acknowledged.add(next);
      }
    }
  }

  synchronized List<Integer> acknowledged() {
    return List.copyOf(acknowledged);
  }

  synchronized boolean running() {
    return running;
  }

  /** Where nothing is, it does not run. */
  synchronized void gone() {
    running = false;
  }

  @Override
  public synchronized Observation observe(Attempt attempt, Workload workload) {
    return new Observation(running ? State.RUNNING : State.STOPPED, "as told");
  }

  @Override
  public synchronized boolean quiesce(Attempt attempt, Workload workload) {
    var ran = running;
    running = false;
    return ran;
  }

  @Override
  public synchronized void resume(Attempt attempt, Workload workload) {
    running = true;
    starts++;
  }

  synchronized int starts() {
    return starts;
  }
}
