package dev.resurge.starter.testing;

import dev.resurge.starter.runs.Delivery;
import dev.resurge.starter.runs.RunRef;
import dev.resurge.starter.runs.RunState;
import dev.resurge.starter.runs.Runs;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.DecisionAnswer;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Runs whose looks are told beforehand; the last one repeats. */
public final class FakeRuns implements Runs {
  private static final int MOST_LOOKS = 1000;

  private final Deque<RunState> looks = new ArrayDeque<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Object> inputs = new ArrayList<>();
  private final Deque<Delivery> deliveries = new ArrayDeque<>();
  private RunResult result;
  private Optional<ResurgeException> failure = Optional.empty();
  private boolean polling = true;
  private boolean cancelled;
  private int looked;

  /** How the run will stand, one look after the other. */
  public FakeRuns looks(RunState... states) {
    looks.addAll(List.of(states));
    return this;
  }

  /** What the run will answer at its end. */
  public FakeRuns ends(RunResult end) {
    result = end;
    return this;
  }

  /** Everything asked of Temporal fails so. */
  public FakeRuns fails(ErrorType type) {
    failure = Optional.of(new ResurgeException(type, "trying something on something: it failed"));
    return this;
  }

  /** What becomes of the next decision; by default it is accepted. */
  public FakeRuns delivers(Delivery delivery) {
    deliveries.add(delivery);
    return this;
  }

  /** No worker polls. */
  public FakeRuns withoutWorker() {
    polling = false;
    return this;
  }

  public List<Decision> decisions() {
    return List.copyOf(decisions);
  }

  public List<Object> inputs() {
    return List.copyOf(inputs);
  }

  public boolean cancelled() {
    return cancelled;
  }

  private void failIfTold() {
    failure.ifPresent(e -> {
      throw e;
    });
  }

  @Override
  public RunRef start(Procedure procedure, String system, Object input, String summary) {
    failIfTold();
    inputs.add(input);
    return new RunRef(procedure, system, Optional.of("temporal-run"));
  }

  @Override
  public Optional<RunState> find(Procedure procedure, String system) {
    failIfTold();
    return looks.stream()
        .limit(1)
        .filter(s -> s.ref().procedure() == procedure && s.ref().system().equals(system))
        .findFirst();
  }

  @Override
  public RunState look(RunRef run) {
    failIfTold();
    if (++looked > MOST_LOOKS) {
      throw new AssertionError("the run was looked at " + looked + " times and never left");
    }
    return looks.size() > 1 ? looks.removeFirst() : looks.getFirst();
  }

  @Override
  public RunResult result(RunRef run) {
    failIfTold();
    return result;
  }

  @Override
  public Delivery answer(RunRef run, Decision decision) {
    failIfTold();
    decisions.add(decision);
    return deliveries.isEmpty()
        ? new Delivery.Answered(new DecisionAnswer(true, "approved"))
        : deliveries.removeFirst();
  }

  @Override
  public void cancel(RunRef run) {
    cancelled = true;
  }

  @Override
  public boolean workerPolling() {
    failIfTold();
    return polling;
  }

  @Override
  public String taskQueue() {
    return "resurge";
  }

  @Override
  public void close() {}
}
