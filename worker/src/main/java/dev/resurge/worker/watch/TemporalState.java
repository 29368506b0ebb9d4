package dev.resurge.worker.watch;

import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Question;
import dev.resurge.workflows.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Temporal said last.
 *
 * @param answers whether it said anything
 * @param going the runs of the folder's systems that go on, those that wait included
 */
public record TemporalState(Instant lookedAt, boolean answers, List<Going> going) {
  public TemporalState {
    going = List.copyOf(going);
  }

  /** The runs that wait for a person. */
  public List<Waiting> waiting() {
    return going.stream().flatMap(run -> run.waiting().stream()).toList();
  }

  /**
   * A run that goes on.
   *
   * @param run empty if no worker said which one it is
   * @param since when it began
   * @param doing the step that it is in, or its phase; empty if no worker said it
   */
  public record Going(
      String system,
      Procedure procedure,
      Optional<RunId> run,
      Instant since,
      Optional<String> doing,
      Optional<Waiting> waiting) {}

  /**
   * A run that waits.
   *
   * @param kind for what: an approval, a decision how to go on
   * @param since when it began to wait
   */
  public record Waiting(String system, Procedure procedure, Question.Kind kind, Instant since) {}
}
