package dev.resurge.worker.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What happens in one run: its faults in their order, each once, and every call that it made. */
final class Script {
  private final Deque<Fault> faults;
  private final List<Call> calls = new ArrayList<>();
  private final List<Integer> struckAt = new ArrayList<>();
  private final List<Body> hung = new CopyOnWriteArrayList<>();
  private final Consumer<Call> eachCall;
  private int silentFor;
  private volatile boolean believed;

  /**
   * @param silentFor for how many calls what does not answer stays silent; what outlasts the run
   *     goes on after it
   */
  Script(List<Fault> faults, int silentFor, Consumer<Call> eachCall) {
    this.faults = new ArrayDeque<>(faults);
    this.silentFor = silentFor;
    this.eachCall = eachCall;
  }

  /** Takes note of a call; the fault that hits it. */
  Optional<Fault> next(Call call) {
    eachCall.accept(call);
    synchronized (this) {
      if (!hung.isEmpty() && silentFor-- == 0) {
        release();
      }
      calls.add(call);
      if (faults.isEmpty() || !faults.peek().call().equals(call)) {
        return Optional.empty();
      }
      struckAt.add(calls.size() - 1);
      return Optional.of(faults.remove());
    }
  }

  /** A body whose call does not answer. */
  void hangs(Body body) {
    hung.add(body);
  }

  /** Lets go on what did not answer; whether there was something. */
  boolean release() {
    var some = !hung.isEmpty();
    hung.forEach(Body::release);
    hung.clear();
    return some;
  }

  /** Who does not answer is not given up: it heartbeats as before. */
  Script believing() {
    believed = true;
    return this;
  }

  boolean isBelieved() {
    return believed;
  }

  /** Whether something does not answer. */
  boolean isSilent() {
    return !hung.isEmpty();
  }

  /** All calls, in the order in which they were made. */
  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** What followed the first fault. */
  synchronized List<Call> callsSinceFirst() {
    return struckAt.isEmpty()
        ? List.of()
        : List.copyOf(calls.subList(struckAt.getFirst() + 1, calls.size()));
  }

  /** Faults whose call never came. */
  synchronized List<Fault> left() {
    return List.copyOf(faults);
  }
}
