package dev.resurge.worker.faults;

import dev.resurge.activities.spi.Attempt;
import dev.resurge.activities.spi.Workloads;
import dev.resurge.workflows.runbook.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What writes: while it runs it writes something new whenever the run makes a call, and remembers
 * what was acknowledged.
 */
final class Application implements Workloads {
  private final List<String> acknowledged = new ArrayList<>();
  private final IntFunction<List<String>> write;
  private boolean running = true;
  private int next;
  private int starts;

  /**
   * @param write writes that number; what of it was acknowledged
   */
  Application(IntFunction<List<String>> write) {
    this.write = write;
  }

  /** Writes, if it runs. */
  synchronized void work() {
    if (running) {
      next++;
      acknowledged.addAll(write.apply(next));
    }
  }

  synchronized List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  synchronized boolean running() {
    return running;
  }

  /** Lost with its machine, and all that it wrote since the last set. */
  synchronized void gone() {
    running = false;
    acknowledged.clear();
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
